"""Write intake tables as CSV."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser

from intake.csv_file import dump, dump_bytes
from intake.models import Nutrient


class Command(BaseCommand):
    help = "Schrijft innametabellen als CSV, zoals import_intake en een rekenblad ze lezen."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("nutrient", nargs="?", metavar="SLEUTEL", help="alleen deze voedingsstof")
        parser.add_argument("--output", type=Path, metavar="BESTAND", help="schrijf naar dit bestand in plaats van naar het scherm")

    def handle(self, *args, nutrient: str | None, output: Path | None, **options) -> None:
        tables = Nutrient.objects.tables([nutrient] if nutrient else None)
        if nutrient and not tables:
            raise CommandError(f"Er is geen innametabel ‘{nutrient}’.")
        if output is None:
            self.stdout.write(dump(tables.values()), ending="")
            return
        try:
            output.write_bytes(dump_bytes(tables.values()))
        except OSError as error:
            raise CommandError(f"Kan {output} niet schrijven: {error.strerror}.") from error
