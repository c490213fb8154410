"""Services: what lines of money give to people, what is counted of it, and what is missing."""
