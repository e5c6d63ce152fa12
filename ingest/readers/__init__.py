"""Readers: from a file, a feed or a URL to documents."""
