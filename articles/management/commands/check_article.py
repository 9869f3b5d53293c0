"""Say what the checks find in the draft of an article, as the editors' page does."""

import json
import sys

from django.core.management.base import BaseCommand, CommandError, CommandParser

from articles.checks import errors
from articles.models import Article
from articles.publishing import examine
from articles.rendering.findings import Finding, Level
from articles.rendering.snapshot import findings_to_data

LABELS = {Level.ERROR: "Fout", Level.WARNING: "Let op", Level.HINT: "Tip"}


class Command(BaseCommand):
    help = "Controleert het concept van een artikel. Sluit af met status 1 als er een fout is die publiceren tegenhoudt."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug")
        parser.add_argument("--json", action="store_true", help="als JSON, voor een ander programma")

    def handle(self, *args, slug: str, **options) -> None:
        article = Article.objects.select_related("live", "hero").filter(slug=slug).first()
        if article is None:
            raise CommandError(f"Er is geen artikel met het adres ‘{slug}’.", returncode=2)
        _, _, findings = examine(article)
        if options["json"]:
            self.stdout.write(json.dumps(findings_to_data(findings), ensure_ascii=False, indent=2))
        else:
            self._print(findings)
        if errors(findings):
            sys.exit(1)

    def _print(self, findings: tuple[Finding, ...]) -> None:
        for finding in findings:
            place = ", ".join(filter(None, [finding.heading, f"regel {finding.line}" if finding.line else ""]))
            where = f" {place}:" if place else ""
            accepted = f" (Akkoord: {finding.accepted})" if finding.accepted else ""
            self.stdout.write(f"{LABELS[finding.level]} [{finding.code}]{where} {finding.message}{accepted}")
        counts = [sum(finding.level == level for finding in findings) for level in Level]
        self.stdout.write("{} fout(en), {} let op, {} tip(s).".format(*counts))
