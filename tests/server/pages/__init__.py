"""Tests of kbtool/server/pages."""
