"""Dirty news pages with exact truth, and a judge: `python -m bench.dirty`.

    languages/xx.txt --words--> story --+
                                        +--layouts--> DirtyPage(html, truth, pieces) --judge--> Verdict
    languages/xx.txt --words--> dirt ---+

Everything is invented; a page depends on its seed, language and layout alone. Adding a language is adding a file.
"""
