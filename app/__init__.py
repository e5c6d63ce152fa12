"""What a person touches: the ``qawl`` command and the dashboard."""
