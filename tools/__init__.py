"""Programs that make or check what the project ships; none is part of the program."""
