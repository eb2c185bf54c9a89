"""Events: what happened on the site, whether it counts, how it is stored and joined to visits."""
