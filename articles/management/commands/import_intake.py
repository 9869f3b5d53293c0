"""Load intake tables from a CSV file; the articles that print them are published anew."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from articles.intake_tables import Outcome, import_tables
from intake.csv_file import CsvRefused, load
from intake.storing import TableRefused


class Command(BaseCommand):
    help = "Leest innametabellen uit een CSV-bestand: heel of niet. Artikelen die ze tonen, publiceert het opnieuw."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="BESTAND", help="zoals export_intake het schrijft")
        parser.add_argument("--dry-run", action="store_true", help="laat alleen zien wat er zou veranderen")
        parser.add_argument("--keep-edited", action="store_true", help="laat staan wat een redacteur aanpaste")

    @transaction.atomic
    def handle(self, *args, file: Path, dry_run: bool, keep_edited: bool, **options) -> None:
        try:
            outcomes = import_tables(load(file.read_bytes()).rows, by=None, keep_edited=keep_edited)
        except OSError as error:
            raise CommandError(f"Kan {file} niet lezen: {error.strerror}.") from error
        except (CsvRefused, TableRefused) as refused:
            raise CommandError(
                f"{file.name} is niet ingelezen.\n" + "\n".join(f"- {line}" for line in refused.messages)
            ) from refused
        if dry_run:
            transaction.set_rollback(True)
        for outcome in outcomes:
            self._tell(outcome, dry_run)

    def _tell(self, outcome: Outcome, dry_run: bool) -> None:
        if outcome.is_kept:
            self.stdout.write(f"Innametabel ‘{outcome.key}’: door een redacteur aangepast en zo gelaten.")
            return
        what = f"{len(outcome.changes)} verschil(len)" if outcome.changes else "ongewijzigd"
        self.stdout.write(f"Innametabel ‘{outcome.key}’: {what}{', niets bewaard (--dry-run)' if dry_run else ''}.")
        for change in outcome.changes:
            self.stdout.write(f"  {change}")
        for publication in outcome.published:
            self.stdout.write(f"  {'Zou opnieuw publiceren' if dry_run else 'Opnieuw gepubliceerd'}: ‘{publication.title}’")
