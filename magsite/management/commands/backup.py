"""`manage.py backup`: one verified backup of SQLite, by hand. The worker makes one every hour by itself."""

from django.core.management.base import BaseCommand, CommandError

from magsite.backup import BackupError, BackupSkipped, back_up_site


class Command(BaseCommand):
    help = "Make a verified backup of the SQLite database in var/backups, and print its path and size."

    def handle(self, *args, **options) -> None:
        try:
            path = back_up_site()
        except (BackupError, BackupSkipped) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{path} ({path.stat().st_size / 1_000_000:.1f} MB)")
