"""`manage.py seed`: load the content that comes with the project. Can be run again at any time; keeps what an editor changed."""

from django.conf import settings
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from magsite.accounts import DEMO_ACCOUNTS, make_demo_accounts

# In this order: an article cites sources, backs its benefits with claims, shows images and prints intake tables, which cite too.
CONTENT = (
    ("import_references", "references/content/magnesium-references.csl.json"),
    ("import_health_claims", "references/content/magnesium-health-claims.json"),
    ("import_terms", "articles/content/forbidden-terms.yaml"),
    ("import_images", "articles/content/images/images.yaml"),
    ("import_intake", "intake/content/magnesium.csv", "--keep-edited"),
    ("import_article", "articles/content/waar-is-magnesium-goed-voor.md", "--publish"),
    ("import_desk", "advice/content/desk.yaml"),
    ("import_questionnaire", "vitaminetest/content/vitaminetest.yaml", "--publish"),
)


class Command(BaseCommand):
    help = "Load the content that comes with the project. Can be run again at any time; keeps what an editor changed."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--demo", action="store_true", help="also make the three demo accounts")
        parser.add_argument("--force", action="store_true", help="make the demo accounts even on a public address (https)")

    def handle(self, *args, demo: bool, force: bool, **options) -> None:
        if demo and settings.HTTPS and not force:
            raise CommandError(
                f"{settings.SITE_URL} is een echte site: demo-accounts horen daar niet. "
                "Maak een account met manage.py createsuperuser, of gebruik --force als je het zeker weet."
            )
        for name, path, *flags in CONTENT:
            call_command(name, settings.BASE_DIR / path, *flags, stdout=self.stdout, stderr=self.stderr)
        if demo:
            self.show_demo_accounts()

    def show_demo_accounts(self) -> None:
        password_file = settings.VAR_DIR / "demo-accounts.txt"
        try:
            passwords = make_demo_accounts(password_file=password_file)
        except Group.DoesNotExist as error:
            raise CommandError("De groepen van de redactie ontbreken: draai eerst manage.py migrate.") from error
        self.stdout.write(f"\nDe site:  {settings.SITE_URL}/\nBeheer:   {settings.SITE_URL}/beheer/\n")
        for account in DEMO_ACCOUNTS:
            password = passwords[account.username] or f"(onbekend; manage.py changepassword {account.username} geeft een nieuw)"
            self.stdout.write(f"  {account.role:<10}{account.username:<12}{password}")
        self.stdout.write(f"De wachtwoorden staan in {password_file}\n")
