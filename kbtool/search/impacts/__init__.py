"""Impacts: integer scores that the terminal, the server and the browser's script rank by."""
