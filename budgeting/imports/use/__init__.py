"""Files of use: who uses services, imported with the same care as budgets."""
