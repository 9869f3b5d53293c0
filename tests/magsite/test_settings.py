"""The settings as another machine would get them: each in a process of its own, with the environment that the test names."""

import json
import os
import re
import subprocess
import sys

import pytest
from django.conf import settings as site

PRODUCTION = {
    "SITE_URL": "https://www.example.nl/",
    "SECRET_KEY": "a-long-and-random-key-0123456789-abcdefghijklmnopqrstuvwxyz-9876543210",
}


def run(*arguments, cwd=site.BASE_DIR, **environment):
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return subprocess.run(
        [sys.executable, *arguments], cwd=cwd, env=kept | environment, capture_output=True, text=True, timeout=60, check=False
    )


def read(*names, tmp_path, **environment):
    code = f"import json, magsite.settings as s; print(json.dumps([getattr(s, n) for n in {names!r}], default=str))"
    process = run("-c", code, **{"VAR_DIR": str(tmp_path)} | environment)
    assert process.returncode == 0, process.stderr
    return json.loads(process.stdout)


def test_own_machine_needs_no_settings_and_follows_the_port(tmp_path):
    names = ("SITE_URL", "ALLOWED_HOSTS", "DEBUG", "HTTPS", "SESSION_COOKIE_SECURE", "CSRF_TRUSTED_ORIGINS")
    address = "http://127.0.0.1:8123"
    assert read(*names, tmp_path=tmp_path, PORT="8123") == [address, ["127.0.0.1", "localhost"], False, False, False, [address]]


def test_https_address_switches_on_what_belongs_to_it(tmp_path):
    names = (
        "SITE_URL",
        "ALLOWED_HOSTS",
        "SECURE_SSL_REDIRECT",
        "SESSION_COOKIE_SECURE",
        "CSRF_COOKIE_SECURE",
        "SECURE_HSTS_SECONDS",
    )
    address, hosts, *switches = read(*names, tmp_path=tmp_path, **PRODUCTION)
    assert address == "https://www.example.nl"
    assert "www.example.nl" in hosts
    assert switches == [True, True, True, 63_072_000]


def test_proxy_is_believed_only_when_told_so(tmp_path):
    assert read("SECURE_PROXY_SSL_HEADER", tmp_path=tmp_path) == [None]
    trusted = read("SECURE_PROXY_SSL_HEADER", tmp_path=tmp_path, BEHIND_PROXY="1")
    assert trusted == [["HTTP_X_FORWARDED_PROTO", "https"]]


@pytest.mark.parametrize(
    ("environment", "proxies"),
    [({}, 0), ({"BEHIND_PROXY": "1"}, 1), ({"BEHIND_PROXY": "1", "TRUSTED_PROXIES": "2"}, 2), ({"TRUSTED_PROXIES": "0"}, 0)],
)
def test_addresses_come_from_as_many_proxies_as_there_are(tmp_path, environment, proxies):
    assert read("TRUSTED_PROXIES", tmp_path=tmp_path, **environment) == [proxies]


@pytest.mark.parametrize(
    ("environment", "required"),
    [({}, False), (PRODUCTION, True), (PRODUCTION | {"REQUIRE_SECOND_FACTOR": "0"}, False), ({"REQUIRE_SECOND_FACTOR": "1"}, True)],
)
def test_second_factor_is_required_on_a_public_site(tmp_path, environment, required):
    assert read("REQUIRE_SECOND_FACTOR", tmp_path=tmp_path, **environment) == [required]


def test_passwords_are_kept_as_argon2_and_older_hashes_are_still_read(tmp_path):
    hashers = read("PASSWORD_HASHERS", tmp_path=tmp_path)[0]
    assert [name.split(".")[-1] for name in hashers] == ["Argon2PasswordHasher", "PBKDF2PasswordHasher"]


def test_cache_is_shared_by_all_processes_unless_told_otherwise(tmp_path):
    cache = read("CACHES", tmp_path=tmp_path)[0]["default"]
    assert cache["BACKEND"] == "django.core.cache.backends.db.DatabaseCache"
    assert cache["OPTIONS"] == {"MAX_ENTRIES": 100_000}


def test_mail_goes_to_private_files_until_a_server_is_named(tmp_path):
    names = ("EMAIL_BACKEND", "EMAIL_TIMEOUT", "DEFAULT_FROM_EMAIL", "MAIL_DOMAIN")
    assert read(*names, tmp_path=tmp_path) == ["advice.outbox.folder.EmailBackend", 20, "Magsite <redactie@localhost>", "127.0.0.1"]
    smtp = {"EMAIL_URL": "submission://u:p@mail.example.nl:587?timeout=7", "MAIL_FROM": "advies@example.nl", "EMAIL_TIMEOUT": "30"}
    assert read(*names, tmp_path=tmp_path, **PRODUCTION, **smtp) == [
        "django.core.mail.backends.smtp.EmailBackend",
        7,
        "Magsite <advies@example.nl>",
        "www.example.nl",
    ]


def test_everything_that_changes_lives_in_var(tmp_path):
    names = ("MEDIA_ROOT", "STATIC_ROOT", "EMAIL_FILE_PATH")
    paths = read(*names, tmp_path=tmp_path)
    assert all(path.startswith(str(tmp_path)) for path in paths)
    assert read("DATABASES", tmp_path=tmp_path)[0]["default"]["NAME"] == str(tmp_path / "db.sqlite3")


def test_database_and_cache_can_move_elsewhere(tmp_path):
    databases, caches = read(
        "DATABASES",
        "CACHES",
        tmp_path=tmp_path,
        DATABASE_URL="postgres://mag:secret@db:5432/site",
        CACHE_URL="redis://cache:6379/0",
    )
    default = databases["default"]
    assert (default["ENGINE"], default["HOST"], default["NAME"]) == ("django.db.backends.postgresql", "db", "site")
    assert "transaction_mode" not in default.get("OPTIONS", {})
    assert "redis" in caches["default"]["BACKEND"].lower()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "eighty"),
        ("DEBUG", "perhaps"),
        ("DATABASE_URL", "nonsense"),
        ("TRUSTED_PROXIES", "-1"),
        ("ADVICE_KEEP_CLOSED_DAYS", "0"),
        ("SESSION_IDLE_MINUTES", "0"),
    ],
)
def test_nonsense_is_refused_at_the_start(tmp_path, name, value):
    process = run("manage.py", "check", **{"VAR_DIR": str(tmp_path), name: value})
    assert process.returncode != 0
    assert value in process.stderr or name in process.stderr


def test_check_deploy_is_silent_in_production(tmp_path):
    process = run("manage.py", "check", "--deploy", "--fail-level", "WARNING", VAR_DIR=str(tmp_path), **PRODUCTION)
    assert (process.returncode, process.stdout) == (0, "System check identified no issues (0 silenced).\n"), process.stderr


def test_check_deploy_speaks_up_on_an_unsafe_site(tmp_path):
    process = run("manage.py", "check", "--deploy", "--fail-level", "WARNING", VAR_DIR=str(tmp_path), DEBUG="1")
    assert process.returncode != 0
    assert "security.W018" in process.stderr


@pytest.mark.parametrize(
    ("name", "value", "warning"),
    [("REQUIRE_SECOND_FACTOR", "0", "magsite.W003"), ("CACHE_URL", "locmem://", "magsite.W004")],
)
def test_check_deploy_warns_of_a_weak_door(tmp_path, name, value, warning):
    environment = PRODUCTION | {name: value}
    process = run("manage.py", "check", "--deploy", "--fail-level", "WARNING", VAR_DIR=str(tmp_path), **environment)
    assert process.returncode != 0
    assert warning in process.stderr


def test_example_names_every_variable_that_the_settings_read():
    read_by_settings = set(re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', (site.BASE_DIR / "magsite" / "settings.py").read_text("utf-8")))
    in_example = set(re.findall(r"^#?([A-Z_]+)=", (site.BASE_DIR / ".env.example").read_text("utf-8"), re.MULTILINE))
    assert len(read_by_settings) > 8
    assert in_example == read_by_settings
