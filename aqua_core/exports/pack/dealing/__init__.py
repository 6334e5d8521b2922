"""Stand-ins for the scores of a room: dealt anew wherever small groups are told together."""
