"""How static files get their names, and how the sheets of the public site become one file."""

import posixpath
import re
from collections.abc import Callable

from django.core.files.base import ContentFile
from django.core.files.storage import InMemoryStorage
from whitenoise.storage import CompressedManifestStaticFilesStorage

SITE_SHEET = "css/site.css"
IMPORT = re.compile(r'^@import "(?P<path>[^"]+)"(?: (?P<media>\w+))?;$', re.MULTILINE)
URL = re.compile(r'(?<=url\(")(?![a-z]+:|/|#)[^"]+(?="\))')


class HashedStaticFiles(CompressedManifestStaticFilesStorage):
    """Names that carry a digest, also inside `import` statements: after a deploy no script meets an old version of another.

    The site's sheet is stored with the text of the sheets that it imports.
    """

    support_js_module_import_aggregation = True

    def post_process(self, paths, dry_run=False, **options):
        """Yield what Django does: (name, hashed name, processed) for each file in `paths`, a dict of name to (storage, path)."""
        if SITE_SHEET in paths and not dry_run:
            joined = InMemoryStorage()
            joined.save(SITE_SHEET, ContentFile(join_sheets(SITE_SHEET, lambda name: _read(*paths[name])).encode()))
            paths = paths | {SITE_SHEET: (joined, SITE_SHEET)}
        yield from super().post_process(paths, dry_run, **options)


def join_sheets(name: str, read: Callable[[str], str]) -> str:
    """Return the text of this sheet with every `@import "path" media;` replaced by that sheet's own text.

    `read` gives the text of a name. Addresses in `url("…")` are made relative to the sheet that is returned.
    """
    folder = posixpath.dirname(name)

    def put_in(found: re.Match) -> str:
        path = found["path"]
        text = join_sheets(posixpath.join(folder, path), read)
        text = URL.sub(lambda url: posixpath.normpath(posixpath.join(posixpath.dirname(path), url[0])), text)
        return f"@media {found['media']} {{\n{text}}}\n" if found["media"] else text

    return IMPORT.sub(put_in, read(name))


def _read(storage, path: str) -> str:
    with storage.open(path) as file:
        return file.read().decode()
