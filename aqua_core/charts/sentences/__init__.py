"""What a reading says, in sentences made from its values: for the wall, and for the facilitator."""
