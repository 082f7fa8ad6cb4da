"""The rules, one per file. The file's name is the rule's name, and its docstring is the rule's entry in the manual.

Each rule has one public function, `removals(article) -> Iterable[Removal]`, which names what should go and changes
nothing. It sees the article as it was read. Its test cases are in tests/strip/rules/NAME.html.
"""
