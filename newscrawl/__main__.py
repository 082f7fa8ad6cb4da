"""`python -m newscrawl` is the program `newscrawl` (`newscrawl.cli`)."""

from newscrawl.cli.main import main

if __name__ == "__main__":
    main()
