"""Recurring questions in resolved tickets."""
