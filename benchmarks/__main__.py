"""Run every benchmark."""

from benchmarks import extraction, indexes, linking

extraction.main()
linking.main()
indexes.main()
