"""What may be told of a domain so that no small group is given away, whoever does the sums."""
