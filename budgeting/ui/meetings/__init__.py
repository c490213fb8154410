"""Parts of the pages of meetings: the door, what guests say, what they say together."""
