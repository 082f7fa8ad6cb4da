"""What a person asks for of each site: which articles are wanted, and how the site is fetched and read.

`Wanted` says which articles are wanted, `SectionScope` what belongs to a section, `SiteOptions` holds everything about
one site, and `read_sites_file` reads a TOML file of them. Requests nothing and resolves no name.
"""

from newscrawl.sites.options import SiteOptions
from newscrawl.sites.section_scope import SectionScope
from newscrawl.sites.sites_file import read_sites_file
from newscrawl.sites.wanted import Wanted

__all__ = ["SectionScope", "SiteOptions", "Wanted", "read_sites_file"]
