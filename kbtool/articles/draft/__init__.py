"""Drafts: a topic and its answered tickets become articles whose every sentence has evidence."""

from kbtool.articles.draft.compose import Skipped, Sources, article_id, draft_topic

__all__ = ["Skipped", "Sources", "article_id", "draft_topic"]
