"""What a person reads of a crawl: sentences, the live table, and the look of the log. Reads counts and makes none."""
