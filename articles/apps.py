from django.apps import AppConfig


class ArticlesConfig(AppConfig):
    name = "articles"
    verbose_name = "Artikelen"

    def ready(self) -> None:
        from articles.masking import reference_masked
        from references.masking import listen

        listen(reference_masked)
