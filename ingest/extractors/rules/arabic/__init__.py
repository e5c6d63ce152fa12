"""The Arabic engine: a grammar of who says and does what to whom."""
