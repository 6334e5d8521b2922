"""The room in a PostgreSQL database that processes share: never imported on a laptop."""
