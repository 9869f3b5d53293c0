"""The smallest WSGI apps: what this server costs at the least, with three headers and with all headers of the published page."""

import json
import os
from pathlib import Path

_folder = Path(os.environ["BENCH_FOLDER"])
_body = [(_folder / "article.html.gz").read_bytes()]
_few = [("Content-Type", "text/html; charset=utf-8"), ("Content-Encoding", "gzip"), ("Content-Length", str(len(_body[0])))]
_all = [tuple(header) for header in json.loads((_folder / "headers.json").read_text(encoding="utf-8"))]


def application(environ, start_response):
    """Answer every request with the same bytes."""
    start_response("200 OK", _few)
    return _body


def with_all_headers(environ, start_response):
    """Answer with the same bytes and every header that the published page has."""
    start_response("200 OK", _all)
    return _body
