"""Stage 4: translations in, findings, reference metrics and the order of risk out."""
