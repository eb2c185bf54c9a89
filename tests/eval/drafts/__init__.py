"""How good drafts are, judged by people's labels: see ``python -m tests.eval.drafts --help``."""
