"""Load an article from a Markdown file into its draft."""

import hashlib
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from articles.drafts import UnknownName, source_of, store_source
from articles.markdown_file import ArticleFileError, dump, parse
from articles.models import Article
from articles.publishing import PublishRefused, publish
from articles.rendering import ArticleSource


def digest(source: ArticleSource) -> str:
    return hashlib.sha256(dump(source).encode()).hexdigest()


class Command(BaseCommand):
    help = "Leest een artikel uit een Markdown-bestand in als concept. Wat een redacteur veranderde, blijft staan."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="het bestand, zie docs/editors-guide.md")
        parser.add_argument("--publish", action="store_true", help="publiceer het concept meteen, als er iets nieuws is ingelezen")
        parser.add_argument(
            "--overwrite-edited", action="store_true", help="ook als een redacteur het artikel na het inlezen veranderde"
        )

    def handle(self, *args, file: Path, publish: bool, overwrite_edited: bool, **options) -> None:
        try:
            source = parse(file.read_text(encoding="utf-8"))
            outcome = self._store(source, publish_it=publish, overwrite=overwrite_edited)
        except (OSError, UnicodeDecodeError) as error:
            raise CommandError(f"{file} kan niet worden gelezen: {error}") from error
        except (ArticleFileError, UnknownName) as error:
            raise CommandError(f"{file}: {error}") from error
        except PublishRefused as refused:
            raise CommandError(
                f"{file} is niet gepubliceerd:\n" + "\n".join(f"- {f.message}" for f in refused.findings)
            ) from refused
        self.stdout.write(f"Artikel ‘{source.slug}’: {outcome}.")

    @transaction.atomic
    def _store(self, source: ArticleSource, *, publish_it: bool, overwrite: bool) -> str:
        existing = Article.objects.filter(slug=source.slug).first()
        if existing and not overwrite and digest(source_of(existing)) != existing.imported_digest:
            return "overgeslagen, want een redacteur heeft het veranderd"
        if existing and digest(source) == existing.imported_digest:
            return "ongewijzigd"
        article = store_source(source)
        article.imported_digest = digest(source_of(article))
        article.save(update_fields=["imported_digest"])
        if publish_it:
            publish(article, by=None)
        return ("bijgewerkt" if existing else "ingelezen") + (" en gepubliceerd" if publish_it else " als concept")
