"""Stores that answer questions about claims: one small interface, one file an engine, all read-only."""
