"""Tests of kbtool/site/releases."""
