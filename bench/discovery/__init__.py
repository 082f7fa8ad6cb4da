"""How a crawl finds the articles of a site, measured on sites that are made and served here."""
