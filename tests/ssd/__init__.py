"""The Standard Safeguarding Dataset: councils written as its tables, and what is made of them."""
