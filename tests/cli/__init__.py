"""Tests of the command, in process and as a process."""
