"""What a room's scores say: agreement, movement, tells, and the conversations they lead to."""
