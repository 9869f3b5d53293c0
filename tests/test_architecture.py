"""The rules of the house that no linter knows: which way imports run, how long a file may be, what a template may hold.

Every rule is a small function that returns what is wrong. Each is also tried on bad samples: a rule that sees nothing fails.
"""

import ast
import os
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import get_commands

ROOT = settings.BASE_DIR
NOT_OURS = {".venv", "var", ".git", "node_modules", "__pycache__", ".pytest_cache", ".ruff_cache", ".hypothesis"}
# What each app may import of the others. `magsite` puts everything together, so it may import all and nobody imports it.
ARROWS = {
    "references": (),
    "intake": ("references",),
    "articles": ("references", "intake"),
    "advice": ("references", "articles.rendering", *(f"articles.search.{part}" for part in ("query", "snippets", "text", "words"))),
    "vitaminetest": ("references", "intake", "articles.rendering"),
    "magsite": ("references", "intake", "articles", "advice", "vitaminetest"),
    "bench": ("magsite", "articles", "references", "intake", "advice"),
}
LONGEST = {"test": 400, ".py": 300, ".css": 200, ".js": 150, ".html": 100}
INLINE = re.compile(
    r"""<script(?![^>]*\ssrc=)(?![^>]*type="application/ld\+json")[^>]*> | <style\b | \sstyle\s*= | \son[a-z]+\s*=\s*["']""",
    re.IGNORECASE | re.VERBOSE,
)
REGISTRY_OR_MACHINE = re.compile(
    r"pypi[.]org|pythonhosted[.]org|npmjs[.](?:org|com)|deb[.]debian[.]org|proxy[.]golang[.]org|(?<![\w.}])/(?:home|root|work|Users)/[\w.]"
)


def walk_files() -> list[Path]:
    found = []
    for folder, folders, names in os.walk(ROOT):
        folders[:] = [name for name in folders if name not in NOT_OURS]
        found += [Path(folder, name).relative_to(ROOT) for name in names if name not in NOT_OURS]
    return sorted(found)


FILES = walk_files()
PYTHON = [path for path in FILES if path.suffix == ".py"]
TEMPLATES = [path for path in FILES if path.suffix == ".html" and "templates" in path.parts]
MANUALS = [path for path in FILES if path.suffix == ".md" and path.parts[0] in {"README.md", "CONTRIBUTING.md", "docs"}]


def read(path: Path) -> str:
    return (ROOT / path).read_text(encoding="utf-8", errors="replace")


def find_imports(source: str, path: Path) -> set[str]:
    """Return every imported module by its full name, those inside functions included."""
    package = path.parent.parts
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            start = package[: len(package) - node.level + 1] if node.level else ()
            base = ".".join((*start, *([node.module] if node.module else [])))
            found |= {f"{base}.{alias.name}" for alias in node.names}
    return found


def find_wrong_imports(source: str, path: Path) -> list[str]:
    app = path.parts[0]
    if app == "tests":
        return []
    forbidden = {*ARROWS, "tests"} - {app}
    allowed = ARROWS.get(app, ())
    return sorted(
        name
        for name in find_imports(source, path)
        if name.split(".")[0] in forbidden and not any(f"{name}.".startswith(f"{prefix}.") for prefix in allowed)
    )


def find_limit(path: Path) -> int | None:
    return LONGEST["test"] if path.suffix == ".py" and path.parts[0] == "tests" else LONGEST.get(path.suffix)


def is_too_long(source: str, path: Path) -> bool:
    limit = find_limit(path)
    return limit is not None and "migrations" not in path.parts and len(source.splitlines()) > limit


def find_inline(source: str) -> list[str]:
    return [match.group().strip() for match in INLINE.finditer(source)]


def find_missing(names: set[str], text: str) -> set[str]:
    return {name for name in names if not re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", text)}


def find_make_targets(makefile: str) -> set[str]:
    return set(re.findall(r"^([a-z]+):.*## ", makefile, re.MULTILINE))


def find_our_commands() -> set[str]:
    return {name for name, app in get_commands().items() if (ROOT / str(app).split(".")[0]).is_dir()}


@pytest.mark.parametrize(
    ("path", "source", "wrong"),
    [
        ("references/models.py", "from articles.models import Article", ["articles.models.Article"]),
        ("articles/views.py", "def f():\n    import magsite.pages", ["magsite.pages"]),
        ("articles/views.py", "from references import models", []),
        ("articles/rendering/html.py", "from ..models import Article\nfrom . import findings", []),
        ("articles/rendering/html.py", "from ...advice import models", ["advice.models"]),
        ("advice/services.py", "from articles.rendering.html import render\nfrom articles import models", ["articles.models"]),
        ("magsite/urls.py", "from articles import views\nfrom tests import factories", ["tests.factories"]),
        ("manage.py", "import magsite.wsgi", ["magsite.wsgi"]),
    ],
)
def test_wrong_imports_are_seen(path, source, wrong):
    assert find_wrong_imports(source, Path(path)) == wrong


def test_imports_run_one_way():
    assert len(PYTHON) > 50
    assert {str(path): wrong for path in PYTHON if (wrong := find_wrong_imports(read(path), path))} == {}


@pytest.mark.parametrize("name", ["articles/a.py", "tests/a.py", "static/css/a.css", "static/js/a.js", "templates/a.html"])
def test_long_files_are_seen(name):
    limit = find_limit(Path(name))
    assert is_too_long("x\n" * (limit + 1), Path(name))
    assert not is_too_long("x\n" * limit, Path(name))


def test_files_can_be_read_in_one_go():
    assert [str(path) for path in FILES if find_limit(path) and is_too_long(read(path), path)] == []


def test_inline_script_style_and_handlers_are_seen():
    bad = ["<script>", '<script type="module">', '<p style="x">', "<style>", '<a onclick="x">', "<img onerror = 'x'>"]
    good = [
        '<script src="x">',
        '<script type="module" src="x">',
        '<script type="application/ld+json">',
        '<p data-on="x">',
        "<p>on = 1",
    ]
    assert all(find_inline(sample) for sample in bad)
    assert not any(find_inline(sample) for sample in good)


def test_templates_hold_nothing_inline():
    assert len(TEMPLATES) > 10
    assert {str(path): find_inline(read(path)) for path in TEMPLATES if find_inline(read(path))} == {}


def test_registry_hosts_and_paths_of_a_machine_are_seen():
    bad = [
        "https://" + ".".join(("pypi", "org")) + "/simple",
        "cd /" + "home/jan",
        '"/' + 'root/.cache"',
        "registry." + ".".join(("npmjs", "org")),
    ]
    good = ["https://example.org/home/x", "{% url 'home' %}", "../work/x", "en/of thuis"]
    assert all(REGISTRY_OR_MACHINE.search(sample) for sample in bad)
    assert not any(REGISTRY_OR_MACHINE.search(sample) for sample in good)


def test_no_file_names_a_registry_host_or_a_path_of_a_machine():
    texts = {path: read(path) for path in FILES if b"\0" not in (ROOT / path).read_bytes()[:1024] and path.name != ".env"}
    assert {str(path): match.group() for path, text in texts.items() if (match := REGISTRY_OR_MACHINE.search(text))} == {}


def test_missing_names_are_seen():
    assert find_missing({"run", "import_article"}, "make runner, import_articles") == {"run", "import_article"}
    assert find_missing({"run", "import_article"}, "`make run`, `import_article FILE`") == set()
    assert find_make_targets("run: x ## starts\nhidden: x\n") == {"run"}


def test_readme_names_every_command_and_make_target():
    readme = read(Path("README.md"))
    targets = {f"make {target}" for target in find_make_targets(read(Path("Makefile"))) - {"help"}}
    assert find_missing(find_our_commands() | targets, readme) == set()


@pytest.mark.parametrize("path", MANUALS, ids=str)
def test_manuals_name_only_commands_and_targets_that_exist(path):
    code = " ".join(re.findall(r"```.*?```|`[^`]+`", read(path), re.DOTALL))
    assert set(re.findall(r"\bmake ([a-z]+)", code)) <= find_make_targets(read(Path("Makefile")))
    assert set(re.findall(r"manage\.py ([a-z_]+)", code)) <= set(get_commands())
