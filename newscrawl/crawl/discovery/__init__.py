"""What is requested next:

sources of links, listings, the frontier and its disk queue, the state of each site, crawl traps.
"""
