"""What the room sees after the reveal: values in, Altair charts, sentences and tables out."""
