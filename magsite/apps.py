from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class MagsiteConfig(AppConfig):
    name = "magsite"

    def ready(self) -> None:
        from magsite import checks  # noqa: F401  (registers the system checks)


class MagsiteAdminConfig(AdminConfig):
    default_site = "magsite.admin.MagsiteAdminSite"
