"""Tests of the estimate of what an article did."""
