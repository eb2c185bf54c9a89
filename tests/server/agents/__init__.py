"""Tests of kbtool/server/agents."""
