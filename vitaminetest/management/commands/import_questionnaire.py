"""`manage.py import_questionnaire FILE`: a questionnaire from a YAML file."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from vitaminetest import publishing
from vitaminetest.definition_file import DefinitionError, parse
from vitaminetest.models import Questionnaire


class Command(BaseCommand):
    help = "Load a questionnaire from a YAML file; its address is the name of the file."

    def add_arguments(self, parser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--publish", action="store_true", help="let readers do it at once")

    def handle(self, *args, file: Path, publish: bool, **options) -> None:
        try:
            definition = parse(file.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError, DefinitionError) as error:
            raise CommandError(f"{file.name}: {error}") from error
        questionnaire, _ = Questionnaire.objects.get_or_create(slug=file.stem)
        if publish:
            self.stdout.write(f"Gepubliceerd: {publishing.publish(questionnaire, definition, by=None)}")
