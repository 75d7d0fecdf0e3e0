"""What tests share beside fixtures: engines by script, sample texts, and helpers."""
