"""How newscrawl treats hosts and publishers.

Reads and obeys robots.txt (`robots_txt`), keeps one download slot for all names of a host (`download_slots`), requests
no URL twice (`once_only`), and leaves hosts alone that ask for a pause or fail again and again (`backoff`, which asks
`circuit_breaker` and reads `retry_after`); `host_report` says which hosts that were. `rights` gathers what origins and
feeds reserve. What a request may connect to is decided in `newscrawl.crawl.network`.
"""
