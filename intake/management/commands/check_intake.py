"""Say what is wrong with the intake tables."""

import json
import sys

from django.core.management.base import BaseCommand, CommandParser

from intake.findings import check_table
from intake.models import Nutrient


class Command(BaseCommand):
    help = "Controleert de innametabellen: gaten, overlap, bronnen en eenheden. Sluit af met status 1 als er een fout is."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="als JSON, voor een ander programma")

    def handle(self, *args, **options) -> None:
        tables = Nutrient.objects.tables()
        found = [(key, finding) for key, table in sorted(tables.items()) for finding in check_table(table)]
        if options["json"]:
            data = [{"nutrient": key, "code": finding.code, "message": finding.message} for key, finding in found]
            self.stdout.write(json.dumps(data, ensure_ascii=False, indent=2))
        else:
            for key, finding in found:
                self.stdout.write(f"Fout [{finding.code}] {key}: {finding.message}")
            self.stdout.write(f"{len(tables)} innametabel(len), {len(found)} fout(en).")
        if found:
            sys.exit(1)
