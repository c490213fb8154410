"""The page Services: what they are, what pays for them, and who uses them."""
