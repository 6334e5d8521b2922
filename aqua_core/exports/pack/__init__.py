"""The session pack: a whole workshop as one file, which opens again on another laptop."""
