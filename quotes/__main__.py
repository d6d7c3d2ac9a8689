"""`python -m quotes`: the command line without the installed script."""

from quotes.cli import main

if __name__ == "__main__":
    main()
