"""What every room of the crawl speaks of: visits, the ledger, exit statuses, settings. Imports no other room."""
