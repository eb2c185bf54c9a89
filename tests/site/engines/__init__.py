"""Tests of kbtool/site/engines."""
