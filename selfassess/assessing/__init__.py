"""The steps of assessing a workspace, each of which joins several parts; the toolkit walks them."""
