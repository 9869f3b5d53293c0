from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from references.management.edge import describe, read_file
from references.storable import RecordError
from references.transfer import import_records


class Command(BaseCommand):
    help = "Laadt bronnen uit CSL-JSON. Mag vaker: wat een redacteur aanpaste, blijft staan."

    def add_arguments(self, parser):
        parser.add_argument("files", nargs="+", type=Path, metavar="BESTAND")
        parser.add_argument("--overwrite-edited", action="store_true", help="vervang ook wat een redacteur aanpaste")

    def handle(self, *, files: list[Path], overwrite_edited: bool, **options):
        for path in files:
            try:
                report = import_records(read_file(path), overwrite_edited=overwrite_edited)
            except RecordError as error:
                raise CommandError(f"{path}: {error}") from error
            self.stdout.write(f"{path.name}: {describe(report)}")
