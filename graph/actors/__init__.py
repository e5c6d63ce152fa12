"""Actors across articles and languages: proposals of who may be the same, and people's decisions about it."""
