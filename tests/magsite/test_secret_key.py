import stat
import subprocess
import sys

from django.conf import settings

from magsite.secret_key import load_secret_key


def test_environment_wins_and_no_file_is_made(tmp_path):
    assert load_secret_key("from outside", tmp_path / "key") == "from outside"
    assert list(tmp_path.iterdir()) == []


def test_key_is_made_once_long_and_only_for_its_owner(tmp_path):
    path = tmp_path / "new folder" / "key"
    key = load_secret_key("", path)
    assert len(key) >= 64
    assert load_secret_key("", path) == key
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(path.parent.iterdir()) == [path]


def test_two_sites_get_different_keys(tmp_path):
    assert load_secret_key("", tmp_path / "one") != load_secret_key("", tmp_path / "two")


def test_processes_that_start_together_agree_on_one_key(tmp_path):
    code = f"import pathlib, magsite.secret_key as s; print(s.load_secret_key('', pathlib.Path({str(tmp_path / 'key')!r})))"
    started = [subprocess.Popen([sys.executable, "-c", code], cwd=settings.BASE_DIR, stdout=subprocess.PIPE) for _ in range(6)]
    assert len({process.communicate()[0] for process in started}) == 1
