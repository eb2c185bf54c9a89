"""Tests of kbtool/config."""
