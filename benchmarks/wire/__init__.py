"""What a browser has on the wire: kept connections, a push line, Streamlit's websocket."""
