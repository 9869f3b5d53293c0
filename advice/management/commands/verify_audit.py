"""`manage.py verify_audit`: read the whole log of the advice desk and say whether anything in it was changed or taken away."""

import sys
from datetime import UTC, datetime

from django.core.management.base import BaseCommand

from advice import anchors, auditing

MOST_SHOWN = 20


class Command(BaseCommand):
    help = (
        "Controleert het logboek van de adviesbalie, regel voor regel en tegen de ankers. Sluit af met status 1 als er iets mis is."
    )

    def handle(self, *args, **options) -> None:
        known, unreadable = anchors.read_anchors()
        binding = anchors.without_lost(known)
        faults = anchors.find_all_faults()
        self.show_faults(faults, unreadable)
        for anchor in known:
            if anchor.is_restore:
                self.stdout.write(f"Op {anchor.at:%d-%m-%Y} is een reservekopie teruggezet, tot en met regel {anchor.number}.")
        self.stdout.write(f"Vergeleken met {len(binding)} anker(s)." if binding else "Er is nog geen anker om mee te vergelijken.")
        head = anchors.head(datetime.now(UTC))
        self.stdout.write(f"Laatste regel: {head.number}\nVingerafdruk: {head.digest}")
        if faults or unreadable:
            sys.exit(1)

    def show_faults(self, faults: list[auditing.Fault], unreadable: list[int]) -> None:
        for fault in faults[:MOST_SHOWN]:
            self.stdout.write(f"FOUT bij regel {fault.number}: {fault.why}")
        if len(faults) > MOST_SHOWN:
            self.stdout.write(f"… en nog {len(faults) - MOST_SHOWN} fouten.")
        for number in unreadable:
            self.stdout.write(f"FOUT in {anchors.anchors_file()}: regel {number} is niet te lezen")
        if not faults and not unreadable:
            self.stdout.write("Geen fouten gevonden.")
