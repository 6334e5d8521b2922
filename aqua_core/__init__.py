"""Discovery Room without its screens: words, rules, store, charts and the acts of a workshop."""
