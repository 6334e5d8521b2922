"""Screens: each asks, draws and says. Streamlit lives here and nowhere else."""
