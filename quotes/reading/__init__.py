"""From what the user names to drafts of articles.

`inputs.py` finds the files, `readers.py` reads each by its format (`jsonl.py`, `tables.py`, `arrow.py`,
`warc.py`, each over `streams.py`), `ids.py` gives every draft an id of its own, and `pages.py` tells the
article of an HTML page from the rest of it. `quotes.articles` puts them together.
"""
