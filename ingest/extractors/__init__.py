"""Extractors: plug-ins that turn a document into claims."""
