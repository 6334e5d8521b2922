"""The pages without a script: a phone reads them before Streamlit has loaded."""
