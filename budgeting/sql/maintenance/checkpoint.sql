-- Write everything into the database file, so that a copy of the file is whole.
checkpoint
