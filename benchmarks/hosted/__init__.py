"""What several processes over one PostgreSQL must show, on a throwaway cluster of this machine."""
