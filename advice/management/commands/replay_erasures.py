"""`manage.py replay_erasures`: after an older backup was put back, erase again what had been erased since it was made."""

from datetime import UTC, datetime

from django.core.management.base import BaseCommand, CommandError

from advice import anchors, tombstones
from advice.erasing import erase_again


class Command(BaseCommand):
    help = "Wist na het terugzetten van een reservekopie opnieuw wat al gewist was. Nog een keer draaien kan geen kwaad."

    def handle(self, *args, **options) -> None:
        if not tombstones.erased_file().exists():
            raise CommandError(f"{tombstones.erased_file()} is er niet: zonder dat bestand is niet te zeggen wat er gewist was.")
        now = datetime.now(UTC)
        if anchors.write_restore(now):
            self.stdout.write("Het logboek is korter dan het was: dat is bij de ankers opgeschreven als teruggezet.")
        self.stdout.write(f"Opnieuw gewist: {erase_again(now=now)}")
