"""What is installed: the wheel, its entry points and data files, and how fast the command answers."""

import os
import re
import subprocess
import sys
import zipfile
from importlib import metadata
from pathlib import Path

import pytest

TOP = Path(__file__).parents[1]
SLOW = ("babel", "requests", "deep_translator", "jinja2", "yaml", "pyromark", "rapidfuzz", "polib")

from_source = pytest.mark.skipif(not (TOP / "src").is_dir(), reason="skipped: no source tree")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """The names in the wheel, and the text of its entry points."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=TOP, check=True, capture_output=True)
    (path,) = folder.glob("*.whl")
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
        (points,) = (name for name in names if name.endswith("entry_points.txt"))
        return set(names), archive.read(points).decode()


@from_source
def test_the_wheel_holds_every_file_of_the_package(wheel):
    names, _ = wheel
    files = subprocess.run(["git", "ls-files", "src"], cwd=TOP, capture_output=True, text=True, check=False)
    tracked = files.stdout.splitlines() or [
        path.relative_to(TOP).as_posix()
        for path in (TOP / "src").rglob("*")
        if path.is_file() and path.suffix != ".pyc"
    ]
    expected = {name.removeprefix("src/") for name in tracked if (TOP / name).exists()}
    assert "tarjuma/py.typed" in expected
    assert expected <= names


@from_source
def test_the_wheel_holds_no_tests_and_no_sample_site(wheel):
    names, _ = wheel
    assert {name.split("/")[0].split("-")[0] for name in names} == {"tarjuma"}


@from_source
def test_the_wheel_offers_the_command_and_the_extractors(wheel):
    _, points = wheel
    assert "tarjuma = tarjuma.cli:main" in points
    for name in ("markdown", "html", "yaml", "json", "toml"):
        assert f"tarjuma_{name} = tarjuma.babel_plugin:{name}" in points


def test_every_entry_point_loads():
    points = [point for point in metadata.distribution("tarjuma").entry_points if not point.group.startswith("pytest")]
    assert len(points) >= 6
    for point in points:
        assert callable(point.load()), point


def test_the_licence_travels_along():
    files = metadata.files("tarjuma") or []
    assert any(path.name == "LICENSE" for path in files)


def test_the_module_is_the_command():
    shown = subprocess.run([sys.executable, "-m", "tarjuma", "--version"], capture_output=True, text=True, check=True)
    assert metadata.version("tarjuma") in shown.stdout


def test_help_imports_nothing_slow():
    program = (
        "import sys\nfrom tarjuma.cli import main\nsys.argv = ['tarjuma', '--help']\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        f"print('loaded:', *[name for name in {SLOW!r} if name in sys.modules])"
    )
    shown = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert "Usage:" in shown.stdout
    assert shown.stdout.splitlines()[-1].strip() == "loaded:"


@from_source
def test_every_package_of_the_environment_is_pinned():
    pinned = {
        line.split("==")[0].lower().replace("_", "-").replace(".", "-")
        for line in (TOP / "constraints.txt").read_text("utf-8").splitlines()
        if "==" in line
    }
    names = [re.match(r"[\w.-]+", line) for line in metadata.requires("tarjuma") or [] if "bench" not in line]
    required = {name[0].lower().replace("_", "-").replace(".", "-") for name in names if name}
    assert required <= pinned


@from_source
def test_no_address_of_a_registry_is_recorded():
    for name in ("constraints.txt", "bench/requirements.txt", "pyproject.toml", "Makefile"):
        text = (TOP / name).read_text("utf-8")
        for line in text.splitlines():
            assert "--hash" not in line, name
            assert "index-url" not in line, name


@pytest.mark.skipif("TARJUMA_WHEEL" not in os.environ, reason="only in the wheel's own environment (make wheel-test)")
def test_the_installed_wheel_is_what_is_tested():
    import tarjuma

    assert Path(tarjuma.__file__).is_relative_to(sys.prefix)
