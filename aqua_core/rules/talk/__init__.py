"""What becomes of a question: cards, outcomes, and guesses at the other side."""
