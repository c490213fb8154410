"""Tables of the demo towns by subject; demo_catalogue.py says how they are read."""
