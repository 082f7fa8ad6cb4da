"""nouns"""
