"""Questions as vectors of meaning: one more view of a sample, with the extra ``kbtool[semantic]``
or an embeddings API. Nothing here is imported unless a person asked for it.
"""
