"""`manage.py export_questionnaire SLUG`: the draft of a questionnaire, or a published version, as a YAML file."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser

from vitaminetest.definition import Definition
from vitaminetest.definition_file import dump, from_data
from vitaminetest.drafts import definition_of
from vitaminetest.models import Questionnaire, Version


class Command(BaseCommand):
    help = "Schrijft een vragenlijst als YAML-bestand: het concept, of met --version-number een gepubliceerde versie."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug")
        parser.add_argument(
            "--version-number", type=int, metavar="NUMMER", help="een gepubliceerde versie in plaats van het concept"
        )
        parser.add_argument("--output", type=Path, help="bestand; zonder dit naar de standaarduitvoer")

    def handle(self, *args, slug: str, version_number: int | None, output: Path | None, **options) -> None:
        text = dump(self._definition(slug, version_number))
        if output is None:
            self.stdout.write(text, ending="")
        else:
            output.write_text(text, encoding="utf-8", newline="")

    def _definition(self, slug: str, number: int | None) -> Definition:
        try:
            questionnaire = Questionnaire.objects.get(slug=slug)
            return (
                definition_of(questionnaire) if number is None else from_data(questionnaire.versions.get(number=number).definition)
            )
        except Questionnaire.DoesNotExist:
            raise CommandError(f"Er is geen vragenlijst met het adres ‘{slug}’.") from None
        except Version.DoesNotExist:
            raise CommandError(f"De vragenlijst ‘{slug}’ heeft geen versie {number}.") from None
