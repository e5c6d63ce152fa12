"""One module for each subcommand of ``qawl``; each holds it as ``command``."""
