"""What every room of the crawl speaks of:

visits, the ledger and its entries, exit statuses, records. Imports no other room.
"""
