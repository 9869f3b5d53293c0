"""`manage.py purge_advice`: close and erase what has been kept long enough. The worker does it every day."""

from datetime import UTC, datetime

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from advice import retention


class Command(BaseCommand):
    help = "Sluit en wist bij de adviesbalie wat lang genoeg bewaard is, volgens de bewaartermijnen in .env."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="zeg alleen wat er zou gaan; verandert niets")

    def handle(self, *args, dry_run: bool, **options) -> None:
        now = datetime.now(UTC)
        if dry_run:
            for due in retention.find_due(now):
                oldest = f", oudste van {timezone.localtime(due.oldest):%d-%m-%Y}" if due.oldest else ""
                self.stdout.write(f"{due.rule.label}: {due.count}{oldest}")
            self.stdout.write("Er is niets veranderd.")
            return
        for taken in retention.purge(now):
            self.stdout.write(f"{taken.rule.label}: {taken.count}")
