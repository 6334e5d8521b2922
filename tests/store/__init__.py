"""The room's file: what it holds, and what it survives."""
