"""What came back from the site → what to do next. Pure: the same report, the same suggestions.

Worth is in tickets a month. Where only searches or votes are known, the share of them that would
have become tickets is estimated by Laplace's rule of succession, (k + 1) / (n + 2), from the k of
n visits that were seen to go on to a person.
"""

from kbtool.suggest.feedback.given import Known
from kbtool.suggest.feedback.missed import boost
from kbtool.suggest.feedback.together import suggestions_from_feedback

__all__ = ["Known", "boost", "suggestions_from_feedback"]
