"""Tests of kbtool/metrics."""
