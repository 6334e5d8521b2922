"""Conversations in the file: notes, cards, outcomes, reasons, guesses and the timer."""
