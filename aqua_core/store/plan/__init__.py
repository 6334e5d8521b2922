"""The plan in the file: actions, their cycles and answers, and what the room asks for."""
