"""How the store came to its present shape, one file a step; only forward."""
