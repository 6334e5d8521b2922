"""What the plan page and the welcome draw of a plan."""
