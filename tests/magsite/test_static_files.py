import re

import pytest
from django.core.files.storage import FileSystemStorage

from magsite.static_files import SITE_SHEET, HashedStaticFiles, join_sheets


@pytest.fixture
def sheet(settings, tmp_path):
    """The sheet of the public site as `collectstatic` stores it."""
    storage = HashedStaticFiles(location=tmp_path, base_url="/static/")
    source = FileSystemStorage(settings.BASE_DIR / "static")
    folders = ["css", "css/components", "fonts", "img"]
    paths = {f"{folder}/{name}": (source, f"{folder}/{name}") for folder in folders for name in source.listdir(folder)[1]}
    for name, (_, path) in paths.items():
        with source.open(path) as file:
            storage.save(name, file)
    failed = [processed for _, _, processed in storage.post_process(paths) if isinstance(processed, Exception)]
    assert failed == []
    return (tmp_path / storage.stored_name(SITE_SHEET)).read_text()


def test_the_site_has_one_sheet_and_its_addresses_carry_a_digest(sheet):
    assert "@import" not in sheet
    addresses = re.findall(r'url\("([^"]+)"\)', sheet)
    assert len(addresses) == 5
    assert all(re.fullmatch(r"\.\./(fonts|img)/[\w-]+\.[0-9a-f]{12}\.(woff2|svg)", address) for address in addresses)


def test_every_sheet_of_a_component_is_in_it(settings):
    folder = settings.BASE_DIR / "static" / "css"
    imported = re.findall(r'@import "components/([^"]+)"', (folder / "site.css").read_text())
    assert sorted(imported) == sorted(path.name for path in (folder / "components").iterdir())


def test_paper_keeps_its_own_rules():
    files = {"css/a.css": '@import "b.css";\n@import "c/d.css" print;\n', "css/b.css": "b {}\n"}
    files["css/c/d.css"] = 'i { background: url("../../img/x.svg") }\nu { background: url("data:,") }\n'
    joined = 'b {}\n\n@media print {\ni { background: url("../img/x.svg") }\nu { background: url("data:,") }\n}\n\n'
    assert join_sheets("css/a.css", files.__getitem__) == joined
