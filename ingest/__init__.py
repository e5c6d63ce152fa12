"""From an article to claims."""
