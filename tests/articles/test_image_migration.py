"""The index of uses is filled from what drafts and publications show already."""

import json
import os
import sqlite3
import subprocess
import sys

import pytest
from django.conf import settings

PICTURE = {"name": "blad", "src": "/media/images/a-1200.jpg", "srcset": "", "sources": [], "width": 9, "height": 9, "alt": "Blad"}
RENDERED = {
    "hero": PICTURE,
    "intro": '<img src="/media/images/b-800.jpg" srcset="" width="9" height="9" alt="&quot;Zon&quot;" loading="lazy">',
    "sections": [
        {
            "heading": "Een",
            "anchor": "een",
            "html": "<pre><code>![x](media:maan)</code></pre>",
            "benefits": [{"number": 1, "title": "Slaap", "anchor": "slaap", "html": "", "picture": PICTURE | {"alt": ""}}],
        }
    ],
}
HEAD = '---\ntitle: "t"\nslug: s\n---\n'
SOURCE = f'{HEAD}\n![](media:zon "Bij")\n\n## Een {{#een .benefits}}\n\n```\n![x](media:maan)\n```\n\n### Slaap {{#slaap}}\n'
VALUES = "'t', 's', 'nl', '', '', 'Eigen', '', '![Zo](media:zon)', '', '', '', '', 'draft', '', '2026-01-01', '2026-01-01', 1"
ROWS = (
    "INSERT INTO articles_image (id, name, file, digest, width, height, renditions, alt, is_decorative, caption, credit,"
    " imported_digest, created_at) VALUES (1, 'blad', 'images/a-1200.jpg', 'd', 9, 9, '[]', 'Blad', 0, '', '', '', '2026-01-01')",
    "INSERT INTO articles_article (id, title, slug, lang, summary, bibliography, hero_alt, hero_caption, intro, adviser_name,"
    f" adviser_role, adviser_heading, adviser_text, status, imported_digest, created_at, updated_at, hero_id) VALUES (1, {VALUES})",
    "INSERT INTO articles_section (article_id, position, heading, anchor, body, shows_benefits) VALUES (1, 1, 'Een', 'een', '', 1)",
    "INSERT INTO articles_benefit (article_id, position, title, anchor, body, image_id) VALUES (1, 1, 'Slaap', 'slaap', '', 1)",
)


@pytest.fixture
def migrate(tmp_path):
    file = tmp_path / "db.sqlite3"
    env = os.environ | {"VAR_DIR": str(tmp_path), "DATABASE_URL": f"sqlite:///{file}", "DJANGO_SETTINGS_MODULE": "magsite.settings"}

    def migrate(*target: str) -> sqlite3.Connection:
        command = [sys.executable, "manage.py", "migrate", *target, "--verbosity", "0", "--skip-checks"]
        subprocess.run(command, cwd=settings.BASE_DIR, env=env, check=True, capture_output=True)
        return sqlite3.connect(file)

    return migrate


def test_migration_writes_down_what_drafts_and_publications_show(migrate):
    with migrate("articles", "0008") as database:
        for row in ROWS:
            database.execute(row)
        database.execute(
            "INSERT INTO articles_publication (id, article_id, number, title, slug, summary, source, rendered, findings,"
            " published_at, reason, is_substantive, modified_at)"
            " VALUES (7, 1, 1, 't', 's', '', ?, ?, '[]', '2026-01-01', '', 1, '2026-01-01')",
            (SOURCE, json.dumps(RENDERED)),
        )
    found = migrate("articles", "0011").execute(
        "SELECT publication_id, position, image_id, place, field, heading, anchor, alt, src FROM articles_imageuse"
        " ORDER BY publication_id, position"
    )
    assert found.fetchall() == [
        (None, 1, "blad", "hero", "hero", "Openingsbeeld", "", "Eigen", ""),
        (None, 2, "zon", "text", "intro", "Inleiding", "", "Zo", ""),
        (None, 3, "blad", "benefit", "benefits-0-image", "1. Slaap", "slaap", "", ""),
        (7, 1, "blad", "hero", "", "Openingsbeeld", "", "Blad", "/media/images/a-1200.jpg"),
        (7, 2, "zon", "text", "", "Inleiding", "", '"Zon"', "/media/images/b-800.jpg"),
        (7, 3, "maan", "text", "", "Een", "een", "x", ""),
        (7, 4, "blad", "benefit", "", "1. Slaap", "slaap", "", "/media/images/a-1200.jpg"),
    ]
    migrate("articles", "0008").execute("SELECT hero_id FROM articles_article")
