"""Views of articles from other counters' CSV exports: sums by article and days, never visits."""
