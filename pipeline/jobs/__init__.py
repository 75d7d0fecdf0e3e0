"""A job on disk: its folder and database, the plan it is run by, and the run itself."""
