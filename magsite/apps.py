from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class MagsiteConfig(AppConfig):
    name = "magsite"

    def ready(self) -> None:
        from magsite import checks  # noqa: F401  (registers the system checks)
        from magsite.staff import audit

        audit.listen()


class MagsiteAdminConfig(AdminConfig):
    default_site = "magsite.admin.MagsiteAdminSite"

    def ready(self) -> None:
        super().ready()
        from magsite.staff import user_admin

        user_admin.register()
