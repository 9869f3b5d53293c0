import re

import pytest
from django.core.files.storage import FileSystemStorage

from magsite.static_files import SHEETS, HashedStaticFiles, join_sheets


@pytest.fixture
def sheets(settings, tmp_path):
    """The sheets of the public site as `collectstatic` stores them."""
    storage = HashedStaticFiles(location=tmp_path, base_url="/static/")
    source = FileSystemStorage(settings.BASE_DIR / "static")
    folders = ["css", "css/components", "css/forms", "css/vitaminetest", "fonts", "img"]
    paths = {f"{folder}/{name}": (source, f"{folder}/{name}") for folder in folders for name in source.listdir(folder)[1]}
    for name, (_, path) in paths.items():
        with source.open(path) as file:
            storage.save(name, file)
    failed = [processed for _, _, processed in storage.post_process(paths) if isinstance(processed, Exception)]
    assert failed == []
    return [(tmp_path / storage.stored_name(name)).read_text() for name in SHEETS]


def test_a_page_asks_for_whole_sheets_and_their_addresses_carry_a_digest(sheets):
    sheet, forms, test = sheets
    assert "@import" not in sheet + forms + test
    assert "/*" not in sheet + forms + test
    assert ".form-fields" in forms
    assert ".test-outcome" in test
    addresses = re.findall(r'url\("([^"]+)"\)', sheet)
    assert len(addresses) == 5
    assert all(re.fullmatch(r"\.\./(fonts|img)/[\w-]+\.[0-9a-f]{12}\.(woff2|svg)", address) for address in addresses)


@pytest.mark.parametrize(
    ("name", "parts"), [("site.css", "components"), ("forms.css", "forms"), ("vitaminetest.css", "vitaminetest")]
)
def test_every_part_is_in_its_sheet(settings, name, parts):
    folder = settings.BASE_DIR / "static" / "css"
    imported = re.findall(rf'@import "{parts}/([^"]+)"', (folder / name).read_text())
    assert sorted(imported) == sorted(path.name for path in (folder / parts).iterdir())


def test_paper_keeps_its_own_rules():
    files = {"css/a.css": '@import "b.css";\n@import "c/d.css" print;\n', "css/b.css": "b {}\n"}
    files["css/c/d.css"] = 'i { background: url("../../img/x.svg") }\nu { background: url("data:,") }\n'
    joined = 'b {}\n\n@media print {\ni { background: url("../img/x.svg") }\nu { background: url("data:,") }\n}\n\n'
    assert join_sheets("css/a.css", files.__getitem__) == joined
