"""Who benefits: services, their money and their users, as reports."""
