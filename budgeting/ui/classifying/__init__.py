"""The workbench: the queue of lines beside the form in which they are marked."""
