"""Load the images that a YAML file names into the library."""

from collections import Counter
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from articles.images.importing import ManifestError, import_image, read_manifest
from articles.yaml_file import Outcome


class Command(BaseCommand):
    help = "Zet de afbeeldingen uit een YAML-bestand in de beeldbank. Herhaalbaar; wat een redacteur veranderde, blijft."

    def add_arguments(self, parser):
        parser.add_argument("file", metavar="BESTAND.yaml", type=Path, help="naam -> file, alt, caption, credit, decorative")

    def handle(self, *, file: Path, **options):
        try:
            counts = Counter(import_image(entry) for entry in read_manifest(file))
        except ManifestError as error:
            raise CommandError(str(error)) from error
        if options["verbosity"]:
            self.stdout.write("Afbeeldingen: " + ", ".join(f"{counts[outcome]} {outcome.value}" for outcome in Outcome) + ".")
