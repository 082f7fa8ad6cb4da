"""How a crawl finds the articles of a site, measured on made sites that are served here."""
