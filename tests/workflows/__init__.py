"""Tests of kbtool/workflows."""
