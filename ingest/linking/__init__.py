"""Entity linking: from the words of a mention to one actor in all languages."""
