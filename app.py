"""Start Discovery Room: open the room's file, serve the pages, print the facilitator's link."""

import sys
from pathlib import Path

import streamlit as st

from pages._server import lifespan, middleware, routes, run_command, say_what_happened, serve

app = st.App(
    Path(__file__).parent / "pages" / "_shell.py",
    lifespan=lifespan,
    routes=routes,
    middleware=middleware,
    on_script_error=say_what_happened,
)

if __name__ == "__main__" and not run_command(sys.argv[1:]):
    serve(app)
