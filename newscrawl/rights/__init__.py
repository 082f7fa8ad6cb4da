"""What a publisher reserves, read from a page and its headers, robots.txt and tdmrep.json.

    page, headers --read_rights--> Rights --with_origin(robots.txt, tdmrep.json)--> Rights
    Rights --reserved--> reserved purposes, each with the signals that reserve it
    Rights --refusal---> why the page must not be recorded, if it must not

Fetches nothing and enforces nothing: it reports what is stated, and what that means. A statement that cannot be parsed
states nothing.
"""

from __future__ import annotations

from newscrawl.rights.combining import merged, with_origin
from newscrawl.rights.page import forbids_following, header_is_followed, is_followed, read_rights
from newscrawl.rights.purposes import PURPOSES, refusal, reserved
from newscrawl.rights.robots import RobotsStatements, robots_statements
from newscrawl.rights.rsl import feed_licenses
from newscrawl.rights.tdmrep import TdmRule, file_rules

__all__ = [
    "PURPOSES",
    "RobotsStatements",
    "TdmRule",
    "feed_licenses",
    "file_rules",
    "forbids_following",
    "header_is_followed",
    "is_followed",
    "merged",
    "read_rights",
    "refusal",
    "reserved",
    "robots_statements",
    "with_origin",
]
