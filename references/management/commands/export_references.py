from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from references.models import Reference
from references.transfer import dump_csl


class Command(BaseCommand):
    help = "Schrijft alle bronnen als CSL-JSON, met alles wat erbij hoort: ook de titels die lezers niet te zien krijgen."

    def add_arguments(self, parser):
        parser.add_argument("--output", type=Path, metavar="BESTAND", help="schrijf naar dit bestand in plaats van naar het scherm")

    def handle(self, *, output: Path | None, **options):
        text = dump_csl(Reference.objects.all())
        if output is None:
            self.stdout.write(text, ending="")
            return
        try:
            output.write_text(text, encoding="utf-8", newline="\n")
        except OSError as error:
            raise CommandError(f"Kan {output} niet schrijven: {error.strerror}.") from error
