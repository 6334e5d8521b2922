"""The room's one DuckDB file: SQL, one noun a module. No rule lives here."""
