from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from references.management.edge import describe, read_file
from references.storable import RecordError
from references.transfer import import_claims


class Command(BaseCommand):
    help = "Laadt toegestane gezondheidsclaims. Mag vaker: wat iemand aanpaste of bevestigde, blijft staan."

    def add_arguments(self, parser):
        parser.add_argument("files", nargs="+", type=Path, metavar="BESTAND")
        parser.add_argument("--overwrite-edited", action="store_true", help="vervang ook wat iemand aanpaste of bevestigde")

    def handle(self, *, files: list[Path], overwrite_edited: bool, **options):
        for path in files:
            try:
                report = import_claims(read_file(path), overwrite_edited=overwrite_edited)
            except RecordError as error:
                raise CommandError(f"{path}: {error}") from error
            self.stdout.write(f"{path.name}: {describe(report)}")
