"""Dirty news pages with exact truth, and a judge: `python -m bench.dirty`.

    languages/xx.txt --words--> story --+
                                        +--layouts--> DirtyPage(html, truth, pieces) --judge--> Verdict
    languages/xx.txt --words--> dirt ---+

Everything is invented. A page depends only on its seed, language and layout. To add a language, add a file.
"""
