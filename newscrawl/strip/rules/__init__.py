"""The rules, one file each: the file's name is the rule's, its docstring the rule's entry in the manual.

Each has one public function, `removals(article) -> Iterable[Removal]`, that names what should go and takes nothing.
It sees the article as it was read. Its case file is tests/rules/NAME.html.
"""
