"""The measures once more, in plain Python: a check on the engines that share no line with them.

Everything here is written from what the measures are said to be, over lists of dicts and with plain
dates. It reads the local standards (settings) from the packs, as they are data, and nothing else.
"""
