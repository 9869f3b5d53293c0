"""Write the draft of an article, or a publication of it, as a Markdown file."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser

from articles.drafts import source_of
from articles.markdown_file import dump
from articles.models import Article, Publication


class Command(BaseCommand):
    help = "Schrijft een artikel als Markdown-bestand: het concept, of met --publication een gepubliceerde versie."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug")
        parser.add_argument("--publication", type=int, metavar="NUMMER", help="een gepubliceerde versie in plaats van het concept")
        parser.add_argument("--output", type=Path, help="bestand; zonder dit naar de standaarduitvoer")

    def handle(self, *args, slug: str, publication: int | None, output: Path | None, **options) -> None:
        text = self._text(slug, publication)
        if output is None:
            self.stdout.write(text, ending="")
        else:
            output.write_text(text, encoding="utf-8")

    def _text(self, slug: str, number: int | None) -> str:
        try:
            article = Article.objects.get(slug=slug)
            return dump(source_of(article)) if number is None else article.publications.get(number=number).source
        except Article.DoesNotExist:
            raise CommandError(f"Er is geen artikel met het adres ‘{slug}’.") from None
        except Publication.DoesNotExist:
            raise CommandError(f"Het artikel ‘{slug}’ heeft geen versie {number}.") from None
