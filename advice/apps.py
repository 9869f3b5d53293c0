from django.apps import AppConfig


class AdviceConfig(AppConfig):
    name = "advice"
    verbose_name = "Advies"

    def ready(self) -> None:
        import advice.inbox.checks  # noqa: F401
        from advice import checks  # noqa: F401  (registers the system checks)
