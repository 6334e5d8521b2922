"""How fast the room answers: simulated laptops on Streamlit's own protocol, beside a bare floor."""
