"""Files and folders of texts in, tables of measurements out: one module a question."""
