"""The servers that are compared: started side by side on one core, each with one worker, and stopped whatever happens."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 60  # seconds that a server may take to answer for the first time
# The options of the Procfile, with one worker instead of two.
GUNICORN = ["--workers", "1", "--threads", "4", "--no-control-socket", "--log-level", "warning"]
NGINX = """{user}
worker_processes 1;
daemon off;
pid {folder}/nginx-{port}.pid;
error_log {folder}/nginx.log;
events {{ worker_connections 256; }}
http {{
  types {{ text/html html; }}
  access_log off;
  keepalive_requests 100000000;
  client_body_temp_path {folder}/nginx-body;
  proxy_temp_path {folder}/nginx-proxy;
  fastcgi_temp_path {folder}/nginx-fastcgi;
  uwsgi_temp_path {folder}/nginx-uwsgi;
  scgi_temp_path {folder}/nginx-scgi;
  proxy_cache_path {folder}/nginx-cache-{port} keys_zone=pages:1m;
  server {{
    listen 127.0.0.1:{port};
    {location}
  }}
}}
"""
FILES = "root {folder}/page; gzip_static on;"
# What the site sends with s-maxage=1 is kept for that long; while a new one is fetched, the old one serves.
IN_FRONT = """location / {{
      proxy_pass {upstream};
      proxy_http_version 1.1;
      proxy_set_header Connection "";
      proxy_set_header Host $http_host;
      proxy_set_header X-Forwarded-Proto $scheme;
      proxy_cache pages;
      proxy_cache_bypass $cookie_sessionid;
      proxy_no_cache $cookie_sessionid;
      proxy_cache_lock on;
      proxy_cache_use_stale updating;
    }}"""


@dataclass(frozen=True)
class Server:
    url: str
    pid: int


def make_environment(folder: Path) -> dict[str, str]:
    """Return the whole environment of every process, so that no .env and no shell changes what is measured."""
    kept = {name: os.environ[name] for name in ("HOME", "LANG", "PATH", "TMPDIR") if name in os.environ}
    return kept | {
        "DJANGO_SETTINGS_MODULE": "magsite.settings",
        "VAR_DIR": str(folder),
        "BENCH_FOLDER": str(folder / "page"),
        "DATABASE_URL": f"sqlite:///{folder / 'db.sqlite3'}",
        "CACHE_URL": "db://magsite_cache?max_entries=100000",
        "EMAIL_URL": f"file:///{folder / 'mail'}",
        "SITE_URL": "http://127.0.0.1:8000",
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


def make_site(folder: Path, environment: dict[str, str] | None = None) -> None:
    """Make the site's database and collect its files, as `make run` does."""
    environment = environment or make_environment(folder)
    for arguments in (
        ["migrate", "--skip-checks", "--verbosity", "0"],
        ["seed"],
        ["collectstatic", "--noinput", "--verbosity", "0"],
    ):
        subprocess.run([sys.executable, "manage.py", *arguments], cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, check=True)


@contextmanager
def gunicorn(app: str, folder: Path, *, core: int, worker: str = "gthread", own_address: bool = False) -> Iterator[Server]:
    """Serve this app. With `own_address` the site knows where it is served; otherwise all servers give the same bytes."""
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", app, "--bind", f"127.0.0.1:{port}", "--worker-class", worker, *GUNICORN]
    environment = {"SITE_URL": f"http://127.0.0.1:{port}"} if own_address else {}
    with _running(command, folder, port=port, core=core, **environment) as server:
        yield server


@contextmanager
def nginx(folder: Path, *, core: int, upstream: str = "") -> Iterator[Server]:
    """Serve the folder `page` with nginx, or stand in front of the server at `upstream`. Ask `find_nginx` first."""
    port = free_port()
    configuration = folder / f"nginx-{port}.conf"
    user = "user root;" if os.geteuid() == 0 else ""
    location = (IN_FRONT if upstream else FILES).format(folder=folder, upstream=upstream)
    configuration.write_text(NGINX.format(user=user, folder=folder, port=port, location=location), encoding="utf-8")
    with _running([find_nginx(), "-p", str(folder), "-c", str(configuration)], folder, port=port, core=core) as server:
        yield server


def find_nginx() -> str | None:
    return shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")


@contextmanager
def _running(command: list[str], folder: Path, *, port: int, core: int, **environment: str) -> Iterator[Server]:
    with ExitStack() as closing:
        log = closing.enter_context(open(folder / "servers.log", "ab"))
        process = subprocess.Popen(
            ["taskset", "-c", str(core), *command], cwd=ROOT, env=make_environment(folder) | environment, stdout=log, stderr=log
        )
        closing.callback(stop, process)
        wait_until_up(f"http://127.0.0.1:{port}/", process, folder)
        yield Server(f"http://127.0.0.1:{port}", process.pid)


def stop(process: subprocess.Popen) -> None:
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def wait_until_up(url: str, process: subprocess.Popen, folder: Path) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and process.poll() is None:
        try:
            urllib.request.urlopen(url, timeout=10).close()
            return
        except urllib.error.HTTPError:
            return  # an answer, and that is enough
        except (urllib.error.URLError, OSError):
            time.sleep(0.05)
    raise RuntimeError(f"The server did not start: {(folder / 'servers.log').read_text(encoding='utf-8')}")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
