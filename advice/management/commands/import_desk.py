"""Load what the advice desk starts with from a YAML file."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser

from advice.desk_file import DeskFileError, import_desk, read_desk


class Command(BaseCommand):
    help = "Leest in waarmee de adviesbalie begint, uit een YAML-bestand. Herhaalbaar; wat een beheerder veranderde, blijft."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="BESTAND.yaml", type=Path, help="wat de adviesbalie nodig heeft om te beginnen")

    def handle(self, *args, file: Path, **options) -> None:
        try:
            counts = import_desk(read_desk(file))
        except DeskFileError as error:
            raise CommandError(str(error)) from error
        if options["verbosity"]:
            self.stdout.write("Adviesbalie, nieuw: " + ", ".join(f"{count} {what}" for what, count in counts.items()) + ".")
