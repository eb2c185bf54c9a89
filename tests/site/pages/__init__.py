"""Tests of kbtool/site/pages."""
