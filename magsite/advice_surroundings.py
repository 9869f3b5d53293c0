"""What the advice desk knows of the site around it: see advice.ports."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.conf import settings
from django.http import HttpRequest

from advice.ports import Origin, OriginSection, ShownQuestion
from articles.addresses import addresses_of, find_articles
from articles.library import link_targets
from articles.models import Article
from articles.presentation import live_article, open_links
from articles.reader_questions import ReaderQuestion, hide_question, show_questions
from articles.rendering.source import LinkTarget
from magsite.client_address import client_address, network_of


class SiteAroundAdvice:
    """The articles of this site, and its finished pages."""

    def find_article(self, slug: str) -> Origin | None:
        found = find_articles([slug]).get(slug)
        if found is None:
            return None
        article = Article.objects.published().with_late_masks().get(pk=found.article_id)
        shown = open_links(live_article(article))
        sections = [OriginSection(section.anchor, section.heading, section.html) for section in shown.sections]
        for section in shown.sections:
            sections += [OriginSection(part.anchor, part.title, part.html) for part in section.benefits]
        return Origin(found.slug, shown.title, article.get_absolute_url(), shown.intro, tuple(sections))

    def link_targets(self, slugs: Iterable[str]) -> Mapping[str, LinkTarget]:
        return link_targets(slugs)

    def addresses_of(self, slug: str) -> frozenset[str]:
        found = find_articles([slug]).get(slug)
        return addresses_of(Article.objects.get(pk=found.article_id)) if found else frozenset()

    def hide_question(self, anchor: str) -> None:
        hide_question(anchor)

    def show_questions(self, slug: str, questions: tuple[ShownQuestion, ...]) -> bool:
        return show_questions(slug, [ReaderQuestion(**vars(question)) for question in questions])

    def next_run(self, job: str) -> datetime | None:
        from magsite.management.commands.worker import Agenda  # it needs all of the site, and only this needs it

        return Agenda(settings.VAR_DIR / "worker.json").due.get(job)

    def network_of(self, request: HttpRequest) -> str:
        address = client_address(request)
        return network_of(address) if address else ""
