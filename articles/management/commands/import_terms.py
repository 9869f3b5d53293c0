"""Load the words that editors watch from a YAML file."""

from collections import Counter
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser

from articles.term_list import TermListError, import_term, read_terms
from articles.yaml_file import Outcome


class Command(BaseCommand):
    help = "Leest verboden en versterkende woorden in uit een YAML-bestand. Herhaalbaar; wat een redacteur veranderde, blijft."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="BESTAND.yaml", type=Path, help="een lijst van woorden")

    def handle(self, *args, file: Path, **options) -> None:
        try:
            counts = Counter(import_term(term) for term in read_terms(file))
        except TermListError as error:
            raise CommandError(str(error)) from error
        if options["verbosity"]:
            self.stdout.write("Woorden: " + ", ".join(f"{counts[outcome]} {outcome.value}" for outcome in Outcome) + ".")
