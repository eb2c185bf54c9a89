"""Tests of kbtool/site/plan."""
