"""Pictures of a plan: how it is mixed, and when it is looked at again."""
