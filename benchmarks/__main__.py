"""Run every benchmark."""

from benchmarks import extraction, linking

extraction.main()
linking.main()
