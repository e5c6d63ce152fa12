"""What a claim is, where claims are kept, how they are asked."""
