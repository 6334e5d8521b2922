"""Words, texts and figures as they are typed and printed."""
