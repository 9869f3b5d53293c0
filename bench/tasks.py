"""The site's side of `bench.scale`: a process that is asked for one task a line and answers what it cost."""

import json
import os
import sys
import time
from collections.abc import Callable
from statistics import median

DESK = 40  # articles that are published and withdrawn in turn
TURNS = 5  # times that a task is done for one answer; the median counts


def read_tasks(count: int) -> dict[str, Callable[[], None]]:
    """Return everything that is measured, by name. Needs a site that bench.crowd filled with `count` articles."""
    from django.contrib.auth.models import User
    from django.test import Client
    from django.urls import reverse

    from articles.models import Article
    from articles.views import ARTICLES_PER_PAGE
    from bench.crowd import slug_of
    from references.models import Reference

    chief, _ = User.objects.get_or_create(username="meter", is_staff=True, is_superuser=True)
    reader, editor = Client(HTTP_HOST="127.0.0.1"), Client(HTTP_HOST="127.0.0.1")
    editor.force_login(chief)
    live = Article.objects.published()
    last = -(-(live.count() - DESK) // ARTICLES_PER_PAGE)  # of the pages that are there whatever is withdrawn
    source = live.last().live.citations.order_by("position").first().reference
    edited = Article.objects.get(slug=slug_of(6))
    title, number = live[count // 3].title, count * 10 - 3
    rare = Reference.objects.get(key__endswith=f"n{number}")
    articles, references = reverse("admin:articles_article_changelist"), reverse("admin:references_reference_changelist")
    search = reverse("admin:references_reference_search")
    image_choice = f"{reverse('admin:autocomplete')}?app_label=articles&model_name=article&field_name=hero&term="

    def get(client: Client, path: str) -> Callable[[], None]:
        def task() -> None:
            answer = client.get(path)
            assert answer.status_code == 200, (path, answer.status_code)  # noqa: S101

        return task

    return {
        "home": get(reader, "/"),
        "list of articles": get(reader, "/artikelen/"),
        "list of articles, page 2": get(reader, "/artikelen/pagina/2/"),
        "list of articles, last page": get(reader, f"/artikelen/pagina/{last}/"),
        "article": get(reader, f"/artikelen/{slug_of(3)}/"),
        "source": get(reader, f"/bronnen/{source.key}/"),
        "sitemap": get(reader, "/sitemap.xml"),
        "feed": get(reader, "/artikelen/atom.xml"),
        "admin, articles": get(editor, articles),
        "admin, articles, page 2": get(editor, f"{articles}?p=2"),
        "admin, search one article": get(editor, f"{articles}?q={title}"),
        "admin, search many articles": get(editor, f"{articles}?q=in+de"),
        "admin, one article": get(editor, reverse("admin:articles_article_change", args=[edited.pk])),
        "admin, history of an article": get(editor, reverse("admin:articles_article_history", args=[edited.pk])),
        "admin, images": get(editor, reverse("admin:articles_image_changelist")),
        "admin, search an image": get(editor, f"{reverse('admin:articles_image_changelist')}?q=beeld-{count // 2}"),
        "choose an image": get(editor, f"{image_choice}beeld-1"),
        "admin, sources": get(editor, references),
        "admin, sources, page 20": get(editor, f"{references}?p=20"),
        "admin, search one source": get(editor, f"{references}?q={rare.key}"),
        "admin, search many sources": get(editor, f"{references}?q=magnesium"),
        "admin, sources with a remark": get(editor, f"{references}?opmerking=ja"),
        "admin, sources never cited": get(editor, f"{references}?geciteerd=nee"),
        "cite: one source": get(editor, f"{search}?q={rare.key}"),
        "cite: name and year": get(editor, f"{search}?q={rare.authors[0]['family']}+{rare.issued_year}"),
        "cite: a common word": get(editor, f"{search}?q=magnesium"),
        "cite: nothing found": get(editor, f"{search}?q=bestaatniet"),
        "cite: nothing typed yet": get(editor, search),
    }


class Desk:
    """Publishes and withdraws one article after the other: every turn takes the next."""

    def __init__(self):
        from articles.models import Article

        self.rows = Article.objects.published().reverse()[:DESK]
        self.keys = [article.pk for article in self.rows]
        self.turn = 0

    def publish(self) -> Callable[[], None]:
        from articles.models import Article
        from articles.publishing import publish

        article = Article.objects.get(pk=self._next())
        article.intro = f"{article.intro}\n\nNog een zin, nummer {self.turn}."
        article.save(update_fields=["intro"])
        return lambda: publish(article, by=None, reason="Een zin meer.")

    def withdraw(self) -> Callable[[], None]:
        from articles.models import Article
        from articles.publishing import publish, withdraw

        article = Article.objects.get(pk=self._next())
        publish(article, by=None)
        return lambda: withdraw(article, by=None)

    def _next(self) -> int:
        self.turn += 1
        return self.keys[self.turn % len(self.keys)]


def measure(task: Callable[[], Callable[[], None]]) -> dict:
    """Return queries, milliseconds of CPU and of waiting of what `task` prepares; preparing is not measured."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    cpu, elapsed = [], []
    for _ in range(TURNS):
        work = task()
        began, used = time.perf_counter(), time.process_time()
        work()
        cpu.append((time.process_time() - used) * 1000)
        elapsed.append((time.perf_counter() - began) * 1000)
    work = task()
    with CaptureQueriesContext(connection) as queries:
        work()
    return {"queries": len(queries), "cpu": median(cpu), "elapsed": median(elapsed)}


def make(count: int) -> None:
    """Fill the site, and say how much there is."""
    from bench.crowd import count_rows, make_crowd

    make_crowd(count)
    print(json.dumps(count_rows()))


def main() -> None:
    """Wait for the names of tasks, one a line; `make COUNT` as arguments fills the site instead."""
    import django

    django.setup()
    if sys.argv[1:2] == ["make"]:
        return make(int(sys.argv[2]))
    from bench.cores import read_rss

    desk = Desk()
    tasks = {name: lambda work=work: work for name, work in read_tasks(int(sys.argv[1])).items()}
    tasks |= {"publish an article": desk.publish, "withdraw an article": desk.withdraw}
    for line in sys.stdin:
        match json.loads(line):
            case "tasks":
                answer = list(tasks)
            case "memory":
                answer = read_rss([os.getpid()])
            case name:
                answer = measure(tasks[name])
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
