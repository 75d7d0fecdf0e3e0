"""Files of the French-English model of Enregard; see its model card."""
