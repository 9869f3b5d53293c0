"""Search over all requests, for advisers: every word of question, conversation, notes, name, address and reference.

The index is blind: it holds keyed digests of stems instead of words, so that nobody who reads the database file can tell what was
asked, and what an erased request leaves behind in the pages of the index says nothing.
"""

from advice.search.index import forget, index_new, index_request, tokens_of_question

__all__ = ["forget", "index_new", "index_request", "tokens_of_question"]
