"""`manage.py rebuild_advice_search`: make the index of requests anew."""

from django.core.management.base import BaseCommand

from advice.search.index import rebuild


class Command(BaseCommand):
    help = "Make the search index of requests anew: after loaddata, or after the secret key has changed."

    def handle(self, *args, **options) -> None:
        self.stdout.write(f"{rebuild()} vragen zijn weer te vinden.")
