"""What marks say about the budget: the reports on gender, built on the marks in force."""
