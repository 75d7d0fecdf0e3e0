"""The small model that ships with the program: its files in, a translation engine out."""
