"""`manage.py import_questionnaire FILE`: a questionnaire from a YAML file, into its draft."""

from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_slug
from django.db import transaction

from vitaminetest.definition import Definition
from vitaminetest.definition_file import DefinitionError, parse
from vitaminetest.drafts import definition_of, digest_of, store
from vitaminetest.models import Questionnaire
from vitaminetest.publishing import PublishRefused, publish_draft


class Command(BaseCommand):
    help = (
        "Leest een vragenlijst uit een YAML-bestand in als concept; de naam van het bestand is het adres. "
        "Wat een redacteur veranderde, blijft staan."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="het bestand, zie docs/editors-guide.md")
        parser.add_argument("--publish", action="store_true", help="publiceer het concept meteen, als er iets nieuws is ingelezen")
        parser.add_argument("--overwrite-edited", action="store_true", help="ook als een redacteur het na het inlezen veranderde")

    def handle(self, *args, file: Path, publish: bool, overwrite_edited: bool, **options) -> None:
        try:
            validate_slug(file.stem)
            definition = parse(file.read_text(encoding="utf-8"))
            outcome = self._store(file.stem, definition, publish_it=publish, overwrite=overwrite_edited)
        except (OSError, UnicodeDecodeError) as error:
            raise CommandError(f"{file} kan niet worden gelezen: {error}") from error
        except ValidationError as error:
            raise CommandError(
                f"‘{file.stem}’ kan geen adres zijn: geef het bestand een naam van letters, cijfers en streepjes."
            ) from error
        except DefinitionError as error:
            raise CommandError(f"{file}: {error}") from error
        except PublishRefused as refused:
            lines = [f"- {finding.heading}: {finding.message}" for finding in refused.findings]
            raise CommandError("\n".join([f"{file} is niet gepubliceerd:", *lines])) from refused
        self.stdout.write(f"Vragenlijst ‘{file.stem}’: {outcome}.")

    @transaction.atomic
    def _store(self, slug: str, definition: Definition, *, publish_it: bool, overwrite: bool) -> str:
        existing = Questionnaire.objects.select_for_update().filter(slug=slug).first()
        if existing and not overwrite and digest_of(definition_of(existing)) != existing.imported_digest:
            return "overgeslagen, want een redacteur heeft haar veranderd"
        if existing and digest_of(definition) == existing.imported_digest == digest_of(definition_of(existing)):
            return "ongewijzigd"
        questionnaire = existing or Questionnaire(slug=slug)
        questionnaire.imported_digest = digest_of(definition)
        store(questionnaire, definition)
        if publish_it:
            publish_draft(questionnaire, by=None)
        return ("bijgewerkt" if existing else "ingelezen") + (" en gepubliceerd" if publish_it else " als concept")
