"""Stage 5: the content of an edition in; its pages, its figures and its exports out."""
