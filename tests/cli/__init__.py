"""Tests of kbtool/cli."""
