"""English: a shallow grammar over lexicons in ``data/lexicons/en/``."""
