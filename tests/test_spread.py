"""Work that is spread over processes gives what one process gives."""

import pytest

from tarjuma import project
from tarjuma.errors import SourceError
from tarjuma.project import spread

POSTS = 120


@pytest.fixture
def site(tmp_path):
    (tmp_path / "tarjuma.toml").write_text('languages = ["ru"]\n', "utf-8")
    folder = tmp_path / "content" / "en"
    folder.mkdir(parents=True)
    for number in range(POSTS):
        (folder / f"post-{number}.md").write_text(f"# Post {number}\n\nWords of post {number}.\n", "utf-8")
    (folder / "post-7.md").write_bytes(b"not UTF-8: \xff")
    return tmp_path


@pytest.fixture(params=[1, 2, 3])
def processors(request, monkeypatch):
    monkeypatch.setattr(spread, "cores", lambda: request.param)
    return request.param


def test_results_come_in_order_whatever_the_number_of_processors(processors):
    assert list(spread.spread(lambda item: item * item, range(500))) == [item * item for item in range(500)]


def test_what_goes_wrong_in_a_worker_is_said_as_if_it_were_here(processors):
    def work(item):
        if item == 99:
            raise SourceError("cannot be read", path="a.md", line=3, hint="Save it as UTF-8.")

    with pytest.raises(SourceError) as caught:
        list(spread.spread(work, range(200)))
    assert (str(caught.value), caught.value.hint) == ("a.md:3: cannot be read", "Save it as UTF-8.")


def test_a_large_site_is_extracted_and_compiled_alike_on_any_number_of_processors(site, processors):
    extracted, updated, _ = project.run(project.load(site))
    assert len(extracted.written) == len(updated.written) == POSTS - 1
    assert [problem.path for problem in extracted.problems] == ["content/en/post-7.md"]
    for catalog in (site / "locales" / "ru").rglob("*.po"):
        text = catalog.read_text("utf-8")
        catalog.write_text(
            text.replace('msgstr ""\n\n#', 'msgstr "Сарлавҳа"\n\n#').removesuffix('""\n') + '"Калимаҳо"\n', "utf-8"
        )
    first, again = project.compile(project.load(site)), project.check_compile(project.load(site))
    assert (len(first.written), len(again.changes), again.unchanged) == (POSTS - 1, 0, POSTS - 1)
    assert (site / "content" / "ru" / "post-9.md").read_text("utf-8") == "# Сарлавҳа\n\nКалимаҳо\n"
