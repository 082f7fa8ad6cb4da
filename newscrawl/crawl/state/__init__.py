"""What a crawl asks the memory and tells it: known URLs, listings, robots.txt copies, the outbox of its outputs."""
