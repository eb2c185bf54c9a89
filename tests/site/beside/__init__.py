"""Tests of kbtool/site/beside."""
