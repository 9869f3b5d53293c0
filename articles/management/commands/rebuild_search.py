"""Makes the search index anew from what is live. Publishing keeps it; this is for after `loaddata` or other rules for words."""

from django.core.management.base import BaseCommand

from articles.search.index import rebuild


class Command(BaseCommand):
    help = "Makes the search index anew from the articles that readers can see."

    def handle(self, *args, **options):
        self.stdout.write(f"{rebuild()} articles can be found.")
