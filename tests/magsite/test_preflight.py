import ast
import importlib.util
import socket
from pathlib import Path

import pytest

from magsite import preflight


def test_python_is_refused_below_311_with_the_version_found():
    with pytest.raises(preflight.NotReady, match=r"3\.11 or later is needed, this is 3\.9\.2"):
        preflight.check_python((3, 9, 2, "final", 0))
    preflight.check_python((3, 11, 0, "final", 0))


def test_script_can_be_read_by_an_old_python_and_imports_nothing_of_the_project():
    source = Path(preflight.__file__).read_text(encoding="utf-8")
    tree = ast.parse(source, feature_version=(3, 6))
    imported = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    assert imported == {"argparse", "importlib.util", "shutil", "socket", "sys", "tempfile"}


@pytest.mark.parametrize("missing", ["venv", "ensurepip"])
def test_missing_venv_names_the_package(monkeypatch, missing):
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name == missing else object())
    with pytest.raises(preflight.NotReady, match="install the package python3-venv"):
        preflight.check_venv()


def test_folder_that_takes_no_files_is_refused(tmp_path):
    preflight.check_folder(tmp_path)
    with pytest.raises(preflight.NotReady, match=r"Can't write in .*gone"):
        preflight.check_folder(tmp_path / "gone")


def test_little_room_is_refused(tmp_path):
    preflight.check_room(tmp_path, 1)
    with pytest.raises(preflight.NotReady, match="make room on the disk"):
        preflight.check_room(tmp_path, 10**18)


def test_busy_port_is_refused_and_a_free_one_is_not():
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        port = str(server.getsockname()[1])
        with pytest.raises(preflight.NotReady, match=f"Port {port} is busy"):
            preflight.check_port(port)
    preflight.check_port(port)


@pytest.mark.parametrize("port", ["", "http", "0", "65536", "-1", "80 80"])
def test_nonsense_port_is_refused(port):
    with pytest.raises(preflight.NotReady, match="not a port number"):
        preflight.check_port(port)


def test_main_says_nothing_when_all_is_well(tmp_path, capsys):
    assert preflight.main([], root=tmp_path) == 0
    assert capsys.readouterr() == ("", "")


def test_main_says_one_line_on_the_error_channel(tmp_path, capsys):
    assert preflight.main(["--port", "nonsense"], root=tmp_path) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err == "PORT=nonsense is not a port number: PORT=8123 make run\n"
