"""What happens when an editor masks a title that readers can see: it goes from every page and from what they find, at once."""

from articles.models import Article, Citation, Generation
from articles.reader_questions import mask_in_questions
from articles.search.index import index_article
from references.models import Reference


def reference_masked(reference: Reference) -> None:
    """Have every page made anew, and what readers find. Part of the transaction that masks."""
    is_in_questions = mask_in_questions(reference)
    if not is_in_questions and not Citation.objects.filter(reference=reference, publication__isnull=False).exists():
        return
    Generation.raise_it()
    for article in Article.objects.published().filter(live__citations__reference=reference).distinct():
        index_article(article, article.live)
