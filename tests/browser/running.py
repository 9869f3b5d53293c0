"""The real site: migrated, seeded, its files collected, served as the Procfile says."""

import fcntl
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PATIENCE = 60  # seconds that the site may take to answer for the first time


@dataclass(frozen=True)
class Site:
    """A site that is being served at `url`; everything it makes lives in `folder`."""

    url: str
    folder: Path
    environment: dict[str, str]

    @property
    def passwords(self) -> dict[str, str]:
        """The passwords of the demo accounts by username."""
        lines = (self.folder / "demo-accounts.txt").read_text(encoding="utf-8").splitlines()
        return dict(line.split() for line in lines)

    @property
    def log(self) -> str:
        """What the server said so far; it says nothing while all is well."""
        return (self.folder / "server.log").read_text(encoding="utf-8")

    def manage(self, *arguments: str | Path) -> str:
        """Run a management command on this site and return what it printed."""
        command = [sys.executable, "manage.py", *map(str, arguments)]
        done = subprocess.run(command, cwd=ROOT, env=self.environment, capture_output=True, text=True, check=False)
        if done.returncode:
            raise RuntimeError(f"manage.py {' '.join(command[2:])}\n{done.stdout}{done.stderr}")
        return done.stdout


@contextmanager
def running_site(folder: Path, first: Path) -> Iterator[Site]:
    """Serve a site from `folder` while the block runs, and stop it whatever happens. It starts as a copy of the site in `first`,
    which whoever comes first makes: that takes longer than many a test, and every process that runs tests needs one or two."""
    _make_once(first)
    shutil.copytree(first, folder, dirs_exist_ok=True)
    port = _free_port()
    site = Site(f"http://127.0.0.1:{port}", folder, _environment(folder, port))
    with _serving(site):
        yield site


def _make_once(folder: Path) -> None:
    with open(f"{folder}.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if folder.exists():
            return
        folder.mkdir()
        site = Site("", folder, _environment(folder, 8000))
        site.manage("migrate", "--verbosity", "0", "--skip-checks")
        site.manage("seed", "--demo")
        site.manage("collectstatic", "--noinput", "--verbosity", "0")


@contextmanager
def second_server(site: Site, **environment: str) -> Iterator[str]:
    """Serve the same site, from the same database, on a port of its own while the block runs; give its address."""
    port = _free_port()
    ports = {"PORT": str(port), "WEB_PORT": str(port)}
    other = Site(f"http://127.0.0.1:{port}", site.folder, site.environment | ports | environment)
    with _serving(other):
        yield other.url


@contextmanager
def _serving(site: Site) -> Iterator[None]:
    with open(site.folder / "server.log", "ab") as log:
        server = subprocess.Popen(web_command(), cwd=ROOT, env=site.environment, stdout=log, stderr=subprocess.STDOUT)
        try:
            wait_until_up(site, server)
            yield
        finally:
            server.terminate()
            try:
                server.wait(10)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()


def _environment(folder: Path, port: int) -> dict[str, str]:
    """Return the whole environment of the site; no setting comes from the .env of whoever runs the tests."""
    kept = {name: os.environ[name] for name in ("HOME", "LANG", "TMPDIR") if name in os.environ}
    return kept | {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "DJANGO_SETTINGS_MODULE": "magsite.settings",
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONHASHSEED": "0",  # one order of the directives in the CSP, whichever process answers
        "VAR_DIR": str(folder),
        "DATABASE_URL": f"sqlite:///{folder / 'db.sqlite3'}",
        "CACHE_URL": "db://magsite_cache?max_entries=100000",
        "EMAIL_URL": f"file:///{folder / 'mail'}",
        "PORT": str(port),
        "WEB_PORT": str(port),
        "SITE_URL": f"http://127.0.0.1:{port}",
        "SECRET_KEY": "",
        "SECRET_KEY_FALLBACKS": "",
        "REQUIRE_SECOND_FACTOR": "false",
        "SESSION_IDLE_MINUTES": "480",
        "DEBUG": "false",
        "ALLOWED_HOSTS": "127.0.0.1",
        "BEHIND_PROXY": "false",
        "TRUSTED_PROXIES": "0",
        "LINK_MASKED_REFERENCES": "false",
    }


def web_command() -> list[str]:
    """Return the Procfile's command. Where the system can, the server also ends when this process is killed."""
    lines = (ROOT / "Procfile").read_text(encoding="utf-8").splitlines()
    web = next(line.removeprefix("web:").strip() for line in lines if line.startswith("web:"))
    tied = ["setpriv", "--pdeathsig", "TERM"] if shutil.which("setpriv") else []
    return [*tied, "sh", "-c", web]


def wait_until_up(site: Site, server: subprocess.Popen) -> None:
    deadline = time.monotonic() + PATIENCE
    request = urllib.request.Request(
        f"{site.url}/robots.txt", headers={"X-Forwarded-Proto": "https"}
    )  # it may want a proxy in front
    while time.monotonic() < deadline and server.poll() is None:
        try:
            with urllib.request.urlopen(request, timeout=5):
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.05)
    raise RuntimeError(f"The site did not start:\n{site.log}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
