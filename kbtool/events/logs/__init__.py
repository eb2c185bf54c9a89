"""Hits from access logs: lines of web servers become events, each once, every line accounted for."""
