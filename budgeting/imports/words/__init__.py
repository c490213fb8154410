"""Words: what headers, labels and cells say, in the languages of `data/vocabulary`."""
