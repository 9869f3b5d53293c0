"""How static files get their names, and how the sheets of the public site become one file without their comments."""

import posixpath
import re
from collections.abc import Callable

from django.core.files.base import ContentFile
from django.core.files.storage import InMemoryStorage
from whitenoise.storage import CompressedManifestStaticFilesStorage

SHEETS = ("css/site.css", "css/forms.css", "css/vitaminetest.css")
IMPORT = re.compile(r'^@import "(?P<path>[^"]+)"(?: (?P<media>\w+))?;$', re.MULTILINE)
COMMENT = re.compile(r"/\*.*?\*/\n?", re.DOTALL)
URL = re.compile(r'(?<=url\(")(?![a-z]+:|/|#)[^"]+(?="\))')


class HashedStaticFiles(CompressedManifestStaticFilesStorage):
    """Names that carry a digest, also inside `import` statements: after a deploy no script meets an old version of another.

    The sheets that pages ask for are stored with the text of those that they import.
    """

    support_js_module_import_aggregation = True

    def post_process(self, paths, dry_run=False, **options):
        """Yield what Django does: (name, hashed name, processed) for each file in `paths`, a dict of name to (storage, path)."""
        sheets = [] if dry_run else [name for name in SHEETS if name in paths]
        joined = InMemoryStorage()
        for name in sheets:
            joined.save(name, ContentFile(COMMENT.sub("", join_sheets(name, lambda name: _read(*paths[name]))).encode()))
        yield from super().post_process(paths | {name: (joined, name) for name in sheets}, dry_run, **options)


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
