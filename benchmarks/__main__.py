"""Run every benchmark."""

from benchmarks import extraction

extraction.main()
