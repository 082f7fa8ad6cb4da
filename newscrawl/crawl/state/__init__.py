"""What a crawl asks the memory, and what it tells it:

known URLs, listings, robots.txt copies, the outbox of its outputs.
"""
