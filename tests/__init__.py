"""Tests mirror the package; each says in its docstring what holds."""
