"""The dashboard: a Streamlit app over the stores' reads, started by ``qawl app``."""
