"""A real browser for the pages that need one:

where it is found, how long it lives, what it may ask for, and what is done in a page.

    keeper    the one browser of a crawl: started when first needed, closed when idle, made anew when it dies
    handler   Scrapy's download handler: what the server sent, then what the browser makes of it
    launch    finds Chromium, and starts it for scrapy-playwright
    guard     what a page may ask for: no pictures, no trackers, no other page
    proxy     the browser's only way out, which refuses private addresses as connected and counts bytes
    page      what is done in a page: waiting until it has settled, scrolling, "load more", reading it back
    need      what has been learned of which site's pages need it

Nothing here is imported before a page needs it but `keeper`, `handler` and `need`, which are small.
"""
