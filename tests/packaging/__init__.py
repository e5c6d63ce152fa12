"""Tests of what is installed from the wheel."""
