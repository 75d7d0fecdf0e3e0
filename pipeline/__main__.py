"""``python -m pipeline`` is ``enregard``."""

from pipeline.cli import main

if __name__ == "__main__":
    main()
