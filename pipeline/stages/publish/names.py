"""What the files of an edition are called."""

HTML = "edition.html"
PDF = "edition.pdf"
QUALITY = "quality.html"
REPORT = "report.json"
SEGMENTS = "segments.jsonl"
