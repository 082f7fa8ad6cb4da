"""The program `newscrawl`: one file for each command. It only reads the command line and calls the other rooms."""
