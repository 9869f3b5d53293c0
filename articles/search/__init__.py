"""Search for readers. Everything it knows comes from live publications, and changes with them in one transaction.

words, text, entries, query, nearest and snippets are pure; index keeps what can be found; finding answers a question with the help
of vocabulary and of sqlite or postgresql, whichever is the database.
"""
