"""Tests of kbtool/server/collect."""
