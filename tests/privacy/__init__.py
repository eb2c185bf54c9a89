"""Tests of kbtool/privacy."""
