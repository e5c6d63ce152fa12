"""The dashboard: thin pages over the reads of a store. It holds no rule about claims of its own."""
