"""Tests of newscrawl/crawl/job: exit status, manifest, metrics, progress and logs."""
