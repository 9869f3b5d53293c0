"""Say what the checks find in the draft of a questionnaire, as the editors' page does."""

import json
import sys
from dataclasses import asdict

from django.core.management.base import BaseCommand, CommandError, CommandParser

from articles.rendering.findings import Finding, Level
from vitaminetest.checking import examine
from vitaminetest.checks import errors
from vitaminetest.drafts import definition_of
from vitaminetest.models import Questionnaire

LABELS = {Level.ERROR: "Fout", Level.WARNING: "Let op", Level.HINT: "Tip"}
SHOWN = ("code", "level", "message", "field", "heading", "line")


class Command(BaseCommand):
    help = "Controleert het concept van een vragenlijst. Sluit af met status 1 als er een fout is die publiceren tegenhoudt."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug")
        parser.add_argument("--json", action="store_true", help="als JSON, voor een ander programma")

    def handle(self, *args, slug: str, **options) -> None:
        questionnaire = Questionnaire.objects.filter(slug=slug).first()
        if questionnaire is None:
            raise CommandError(f"Er is geen vragenlijst met het adres ‘{slug}’.", returncode=2)
        findings = examine(definition_of(questionnaire)).findings
        if options["json"]:
            data = [{name: value for name, value in asdict(finding).items() if name in SHOWN} for finding in findings]
            self.stdout.write(json.dumps(data, ensure_ascii=False, indent=2))
        else:
            self._print(findings)
        if errors(findings):
            sys.exit(1)

    def _print(self, findings: tuple[Finding, ...]) -> None:
        for finding in findings:
            place = ", ".join(filter(None, [finding.heading, f"regel {finding.line}" if finding.line else ""]))
            self.stdout.write(f"{LABELS[finding.level]} [{finding.code}] {f'{place}: ' if place else ''}{finding.message}")
        counts = [sum(finding.level == level for finding in findings) for level in Level]
        self.stdout.write("{} fout(en), {} let op, {} tip(s).".format(*counts))
