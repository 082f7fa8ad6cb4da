"""What is requested next: sources, listings, the frontier and its disk queue, the state of each site, crawl traps."""
