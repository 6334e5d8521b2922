"""The room over all its domains: level and agreement, blanks, kinds, and each group's own view."""
