"""``python -m kbtool`` is the same as the ``kbtool`` command."""

from kbtool.cli.main import main

if __name__ == "__main__":
    main()
