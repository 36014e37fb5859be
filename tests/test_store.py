"""Files are replaced at once, remembered, and never written by two runs at a time."""

from __future__ import annotations

import errno
import os
import signal
import stat
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tarjuma import store
from tarjuma.errors import StoppedError
from tarjuma.store import Change, Manifest, Page
from tests.laws import EXAMPLES


def test_a_new_file_has_its_folders_and_the_usual_mode(tmp_path: Path) -> None:
    path = tmp_path / "а б" / "в.md"
    store.write(str(path), b"x")
    usual = tmp_path / "usual"
    usual.write_bytes(b"")
    assert path.read_bytes() == b"x"
    assert path.stat().st_mode == usual.stat().st_mode
    assert os.listdir(path.parent) == ["в.md"]


def test_a_file_keeps_its_mode(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"old")
    path.chmod(0o640)
    store.write(str(path), b"new", is_durable=True)
    assert (path.read_bytes(), stat.S_IMODE(path.stat().st_mode)) == (b"new", 0o640)


def test_a_symbolic_link_stays_one(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "a").write_bytes(b"old")
    (tmp_path / "a").symlink_to(tmp_path / "real" / "a")
    store.write(str(tmp_path / "a"), b"new")
    assert (tmp_path / "a").is_symlink()
    assert (tmp_path / "real" / "a").read_bytes() == b"new"


def test_a_failed_write_leaves_the_old_bytes_and_no_rubbish(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"old")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(StoppedError, match="No space left") as caught:
        store.write(str(path), b"new")
    assert caught.value.exit_code == 3
    assert path.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["a"]


def test_a_folder_in_place_of_a_file_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    with pytest.raises(StoppedError, match="cannot be written"):
        store.write(str(tmp_path / "a"), b"x")
    with pytest.raises(StoppedError, match="cannot be read"):
        store.read(str(tmp_path / "a"))


def test_removing_a_file_removes_the_folders_that_are_empty_then(tmp_path: Path) -> None:
    (tmp_path / "a" / "b").mkdir(parents=True)
    (tmp_path / "a" / "b" / "c").write_bytes(b"")
    (tmp_path / "a" / "d").write_bytes(b"")
    store.apply(str(tmp_path), [Change("a/b/c", b"", None)])
    assert os.listdir(tmp_path / "a") == ["d"]
    store.apply(str(tmp_path), [Change("a/d", b"", None), Change("a/d", b"", None)])
    assert os.listdir(tmp_path) == []


def test_what_did_not_change_is_not_written(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"x")
    before = (tmp_path / "a").stat().st_mtime_ns
    store.apply(str(tmp_path), [Change("a", b"x", b"x")])
    assert (tmp_path / "a").stat().st_mtime_ns == before


HEX = st.text("0123456789abcdef", min_size=16, max_size=16)
PAGES = st.builds(Page, st.frozensets(HEX, min_size=1, max_size=2), HEX, st.integers(0, 100))
PATHS = st.text("abя/.-é", min_size=1).filter(lambda path: not path.startswith("#"))
MANIFESTS = st.builds(Manifest, st.dictionaries(PATHS, PAGES))


@settings(max_examples=EXAMPLES // 4, deadline=None)
@given(MANIFESTS)
def test_a_manifest_comes_back_as_it_was(manifest: Manifest) -> None:
    content = store.render_manifest(manifest)
    assert store.parse_manifest(content) == manifest
    assert store.parse_manifest(content.replace(b"\n", b"\r\n")) == manifest


def test_a_merge_conflict_in_the_manifest_harms_nothing() -> None:
    content = (
        b"# title\n<<<<<<< HEAD\na.md\t" + b"1" * 16 + b"\tx\t100\n=======\na.md\t" + b"2" * 16 + b"\ty\t100\n"
        b">>>>>>> branch\nb.md\t" + b"3" * 16 + b"\tz\t90\nnonsense\n"
    )
    manifest = store.parse_manifest(content)
    assert manifest.pages["a.md"].digests == {"1" * 16, "2" * 16}
    assert manifest.pages["b.md"] == Page(frozenset({"3" * 16}), "z", 90)


def test_a_checkout_with_other_line_ends_is_the_same_file() -> None:
    assert store.digest(b"a\r\nb\r\n") == store.digest(b"a\nb\n")
    assert store.digest(b"a\nb\n") != store.digest(b"a\nb")


def test_a_crash_between_pages_and_manifest_makes_no_page_foreign(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = Manifest({"a.md": Page(frozenset({store.digest(b"old")}), "in", 100)})
    new = Manifest({"a.md": Page(frozenset({store.digest(b"new")}), "out", 100)})
    real = store.write

    def killed(path: str, content: bytes, **options: bool) -> None:
        if path.endswith("manifest.txt"):
            raise KeyboardInterrupt
        real(path, content, **options)

    monkeypatch.setattr(store, "write", killed)
    manifest = Change("manifest.txt", None, store.render_manifest(new))
    with pytest.raises(KeyboardInterrupt):
        store.publish(str(tmp_path), [Change("a.md", b"old", b"new")], manifest, new)
    pending = store.parse_manifest((tmp_path / store.PENDING).read_bytes())
    known = store.with_pending(old, pending).pages["a.md"]
    assert store.digest((tmp_path / "a.md").read_bytes()) in known.digests
    monkeypatch.undo()
    store.publish(str(tmp_path), [Change("a.md", b"old", b"new")], manifest, new)
    assert not (tmp_path / store.PENDING).exists()


def test_what_a_killed_run_noted_is_forgotten_by_the_next_run_even_when_that_has_no_page_to_write(
    tmp_path: Path,
) -> None:
    known = Manifest({"a.md": Page(frozenset({store.digest(b"new")}), "out", 100)})
    store.write(str(tmp_path / store.PENDING), store.render_manifest(known))
    store.publish(str(tmp_path), [], Change("manifest.txt", None, store.render_manifest(known)), known)
    assert not (tmp_path / store.PENDING).exists()


def test_the_second_run_waits_and_then_says_who_holds_the_lock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "PATIENCE", 0.1)
    with store.locked(str(tmp_path), "tarjuma update"):
        with pytest.raises(StoppedError) as caught, store.locked(str(tmp_path), "tarjuma run"):
            pass
        assert "`tarjuma update`" in caught.value.message
        assert str(os.getpid()) in caught.value.message
    with store.locked(str(tmp_path), "tarjuma run"):
        pass
    assert (tmp_path / ".tarjuma" / ".gitignore").read_text() == "*\n"


def test_a_full_disk_is_told_with_the_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with store.locked(str(tmp_path), "tarjuma run"):
        pass
    monkeypatch.setattr(os, "write", full)
    with pytest.raises(StoppedError, match="No space left"), store.locked(str(tmp_path), "tarjuma run"):
        pytest.fail("nobody may write now")


def test_after_a_kill_the_lock_is_free_and_temporary_files_go(tmp_path: Path) -> None:
    script = textwrap.dedent(
        f"""
        import os, time
        from tarjuma import store
        with store.locked({str(tmp_path)!r}, "tarjuma run"):
            open({str(tmp_path / ".a.po.tarjuma-tmp")!r}, "wb").close()
            print("ready", flush=True)
            time.sleep(60)
        """
    )
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == b"ready\n"
        child.send_signal(signal.SIGKILL)
        child.wait()
    with store.locked(str(tmp_path), "tarjuma run"):
        assert not (tmp_path / ".a.po.tarjuma-tmp").exists()


def test_killed_at_any_moment_a_file_is_old_or_new(tmp_path: Path) -> None:
    path = tmp_path / "a"
    old, new = b"o" * 3_000_000, b"n" * 3_000_000
    path.write_bytes(old)
    script = (
        f"from tarjuma import store\nprint(flush=True)\n"
        f"while True:\n    for c in (b'n', b'o'):\n        store.write({str(path)!r}, c * 3_000_000)\n"
    )
    for moment in range(8):
        with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE) as child:
            assert child.stdout is not None
            child.stdout.readline()
            time.sleep(0.003 * moment)
            child.kill()
        assert path.read_bytes() in (old, new)
