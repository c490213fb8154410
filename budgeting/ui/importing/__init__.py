"""The import page: from a dropped file to a verdict, its questions and its acceptance."""
