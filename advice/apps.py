from django.apps import AppConfig


class AdviceConfig(AppConfig):
    name = "advice"
    verbose_name = "Advies"

    def ready(self) -> None:
        from advice.inbox import checks  # noqa: F401  (registers itself)
