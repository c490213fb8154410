"""Parts of the page Scenarios: the list, what may be done to one, and several beside each other."""
