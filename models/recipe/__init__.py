"""How the embedded French-English model was made: data, training, conversion, measurement."""
