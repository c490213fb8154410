"""Gender budget statement: what the marks say, arranged as countries publish it."""
