"""Talk: cards, notes, reasons, guesses, what it came to, and a second look."""
