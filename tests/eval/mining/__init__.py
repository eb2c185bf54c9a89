"""How well the miner finds what is asked; ``python -m tests.eval.mining --help``."""
