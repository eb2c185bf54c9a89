"""Customers' words that search lacks: other wordings of articles, and synonyms."""
