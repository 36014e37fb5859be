"""Dates and ages: what CLDR and published text say, for every language, and on the sample page."""

import gettext
import io
import shutil
from datetime import UTC, date, datetime
from gettext import NullTranslations
from pathlib import Path

import pytest
import yaml
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from markdown_it import MarkdownIt
from markupsafe import Markup

from tarjuma import dates, langs, project
from tarjuma.errors import ConfigError
from tests.laws import EXAMPLES
from tests.site import made

TOP = Path(__file__).parents[1]
MAY = date(2024, 5, 6)
NEWEST = ["test-news", "teacher-courses-in-dushanbe", "express-diagnostic-tool", "educational-modules-project"]

# full, long, medium, short; \u202f is CLDR's narrow space before "г."
DAYS = {
    "ru": ("понедельник, 6 мая 2024\u202fг.", "6 мая 2024\u202fг.", "6 мая 2024\u202fг.", "06.05.2024"),
    "tg": ("душанбе, 6 майи соли 2024", "6 майи соли 2024", "6 майи 2024", "06.05.2024"),
    "be": ("панядзелак, 6 мая 2024\u202fг.", "6 мая 2024\u202fг.", "6 мая 2024\u202fг.", "6.05.24"),
    "hy": ("2024 թ. մայիսի 6, երկուշաբթի", "06 մայիսի, 2024 թ.", "06 մյս, 2024 թ.", "06.05.24"),
    "az": ("6 may 2024, bazar ertəsi", "6 may 2024", "6 may 2024", "06.05.24"),
    "kk": ("2024\u202fж. 6 мамыр, дүйсенбі", "2024\u202fж. 6 мамыр", "2024\u202fж. 06 мам.", "06.05.24"),
    "ky": ("2024-ж., 6-май, дүйшөмбү", "2024-ж., 6-май", "2024-ж., 6-май", "6/5/24"),
    "ro": ("luni, 6 mai 2024", "6 mai 2024", "6 mai 2024", "06.05.2024"),
    "tk": ("6 maý 2024 duşenbe", "6 maý 2024", "6 maý 2024", "06.05.2024"),
    "uz": ("2024-yil 6-may, dushanba", "2024-yil 6-may", "6-may, 2024", "06/05/24"),
    "uk": ("понеділок, 6 травня 2024\u202fр.", "6 травня 2024\u202fр.", "6 трав. 2024\u202fр.", "06.05.24"),
    "ka": ("ორშაბათი, 06 მაისი, 2024", "6 მაისი, 2024", "6 მაი. 2024", "06.05.24"),
    "uz-Cyrl": ("2024 йил 6 май, душанба", "2024 йил 6 май", "6 май, 2024", "06/05/24"),
    "en": ("Monday, May 6, 2024", "May 6, 2024", "May 6, 2024", "5/6/24"),
}

# 1, 2, 5, 21 years; 1, 11 months; 1, 3 weeks; 1, 5 days
AGES = {
    "ru": "1 год назад|2 года назад|5 лет назад|21 год назад|1 месяц назад|11 месяцев назад|"
    "1 неделю назад|3 недели назад|1 день назад|5 дней назад",
    "tg": "1 сол пеш|2 сол пеш|5 сол пеш|21 сол пеш|1 моҳ пеш|11 моҳ пеш|1 ҳафта пеш|3 ҳафта пеш|1 рӯз пеш|5 рӯз пеш",
    "be": "1 год таму|2 гады таму|5 гадоў таму|21 год таму|1 месяц таму|11 месяцаў таму|"
    "1 тыдзень таму|3 тыдні таму|1 дзень таму|5 дзён таму",
    "hy": "1 տարի առաջ|2 տարի առաջ|5 տարի առաջ|21 տարի առաջ|1 ամիս առաջ|11 ամիս առաջ|"
    "1 շաբաթ առաջ|3 շաբաթ առաջ|1 օր առաջ|5 օր առաջ",
    "az": "1 il öncə|2 il öncə|5 il öncə|21 il öncə|1 ay öncə|11 ay öncə|"
    "1 həftə öncə|3 həftə öncə|1 gün öncə|5 gün öncə",
    "kk": "1 жыл бұрын|2 жыл бұрын|5 жыл бұрын|21 жыл бұрын|1 ай бұрын|11 ай бұрын|"
    "1 апта бұрын|3 апта бұрын|1 күн бұрын|5 күн бұрын",
    "ky": "1 жыл мурун|2 жыл мурун|5 жыл мурун|21 жыл мурун|1 ай мурун|11 ай мурун|"
    "1 апта мурун|3 апта мурун|1 күн мурун|5 күн мурун",
    "ro": "acum 1 an|acum 2 ani|acum 5 ani|acum 21 de ani|acum 1 lună|acum 11 luni|"
    "acum 1 săptămână|acum 3 săptămâni|acum 1 zi|acum 5 zile",
    "tk": "1 ýyl öň|2 ýyl öň|5 ýyl öň|21 ýyl öň|1 aý öň|11 aý öň|1 hepde öň|3 hepde öň|1 gün öň|5 gün öň",
    "uz": "1 yil oldin|2 yil oldin|5 yil oldin|21 yil oldin|1 oy oldin|11 oy oldin|"
    "1 hafta oldin|3 hafta oldin|1 kun oldin|5 kun oldin",
    "uk": "1 рік тому|2 роки тому|5 років тому|21 рік тому|1 місяць тому|11 місяців тому|"
    "1 тиждень тому|3 тижні тому|1 день тому|5 днів тому",
    "ka": "1 წლის წინ|2 წლის წინ|5 წლის წინ|21 წლის წინ|1 თვის წინ|11 თვის წინ|"
    "1 კვირის წინ|3 კვირის წინ|1 დღის წინ|5 დღის წინ",
    "uz-Cyrl": "1 йил аввал|2 йил аввал|5 йил аввал|21 йил аввал|1 ой аввал|11 ой аввал|"
    "1 ҳафта олдин|3 ҳафта олдин|1 кун олдин|5 кун олдин",
    "en": "1 year ago|2 years ago|5 years ago|21 years ago|1 month ago|11 months ago|"
    "1 week ago|3 weeks ago|1 day ago|5 days ago",
}
TODAYS = [
    *(date(2024 + years, 5, 6) for years in (1, 2, 5, 21)),
    date(2024, 6, 6), date(2025, 5, 5), date(2024, 5, 13), date(2024, 5, 27), date(2024, 5, 7), date(2024, 5, 11),
]  # fmt: skip


def test_every_language_of_the_table_is_tried():
    assert set(DAYS) == set(AGES) == set(langs.LANGUAGES)


@pytest.mark.parametrize("code", DAYS)
def test_a_date_is_written_as_its_readers_write_it(code):
    assert tuple(dates.day(MAY, langs.language(code), None, style) for style in dates.STYLES) == DAYS[code]


@pytest.mark.parametrize("code", AGES)
def test_an_age_takes_the_plural_form_of_its_number(code):
    assert [dates.age(MAY, today, langs.language(code)) for today in TODAYS] == AGES[code].split("|")


@pytest.mark.parametrize("month", range(1, 13))
def test_tajik_months_are_small_and_joined_to_their_year(month):
    names = "январи|феврали|марти|апрели|майи|июни|июли|августи|сентябри|октябри|ноябри|декабри"
    assert dates.day(date(2026, month, 9), langs.language("tg")) == f"9 {names.split('|')[month - 1]} соли 2026"


@pytest.mark.parametrize(
    ("when", "today", "expected"),
    [
        (date(2024, 5, 6), date(2024, 5, 6), None),
        (date(2024, 5, 7), date(2024, 5, 6), None),
        (date(2034, 5, 7), date(2024, 5, 6), None),
        (date(2024, 5, 5), date(2024, 5, 6), (1, "day")),
        (date(2024, 4, 30), date(2024, 5, 6), (6, "day")),
        (date(2024, 4, 29), date(2024, 5, 6), (1, "week")),
        (date(2024, 1, 31), date(2024, 2, 29), (4, "week")),
        (date(2024, 1, 31), date(2024, 3, 1), (1, "month")),
        (date(2024, 2, 29), date(2025, 2, 28), (11, "month")),
        (date(2024, 2, 29), date(2025, 3, 1), (1, "year")),
        (date(2023, 12, 31), date(2024, 12, 30), (11, "month")),
        (date(1924, 5, 6), date(2024, 5, 6), (100, "year")),
    ],
)
def test_only_full_units_count_and_nothing_lies_in_the_future(when, today, expected):
    assert dates.since(when, today) == expected


def test_what_is_of_today_or_later_shows_its_date():
    assert dates.age(MAY, MAY, langs.language("ru")) == "6 мая 2024\u202fг."


def test_an_age_never_grows_shorter_with_time():
    start = date(2023, 1, 31)
    days = range(start.toordinal() + 1, start.toordinal() + min(EXAMPLES, 3000))
    found = [dates.since(start, date.fromordinal(day)) or (0, "day") for day in days]
    grown = [(-dates.UNITS.index(unit), number) for number, unit in found]
    assert grown == sorted(grown)


def test_a_time_counts_by_its_day():
    evening = datetime(2024, 5, 6, 23, 59, tzinfo=UTC)
    assert dates.age(evening, datetime(2024, 5, 7, 0, 1, tzinfo=UTC), langs.language("en")) == "1 day ago"
    assert dates.day(evening, langs.language("en")) == "May 6, 2024"


@pytest.mark.parametrize(
    ("code", "overrides", "expected"),
    [
        ("tg", {"long": "d MMMM y"}, "6 май 2024"),
        ("tg", {"long": "d MMMM y 'С.'"}, "6 май 2024 С."),
        ("tg", {"short": "yy"}, "6 майи соли 2024"),
        ("uz", {"long": "d-MMMM, y"}, "6-may, 2024"),
        ("ru", {"long": "EEE, d MMM"}, "пн, 6 мая"),
    ],
)
def test_a_site_may_have_its_own_pattern(code, overrides, expected):
    assert dates.day(MAY, langs.language(code), overrides) == expected
    assert not [dates.fault(*each) for each in overrides.items() if dates.fault(*each)]


def test_a_site_may_have_its_own_words_for_ages():
    ages = {"year": "{0} сол қабл"}
    tajik, russian = langs.language("tg"), langs.language("ru")
    assert dates.age(MAY, date(2026, 5, 6), tajik, ages) == "2 сол қабл"
    assert dates.age(MAY, date(2024, 6, 6), tajik, ages) == "1 моҳ пеш"
    assert dates.age(MAY, date(2026, 5, 6), russian, {"year.few": "{0} г. назад"}) == "2 г. назад"
    assert dates.age(MAY, date(2029, 5, 6), russian, {"year.few": "{0} г. назад"}) == "5 лет назад"


@pytest.mark.parametrize(
    ("name", "pattern", "said"),
    [
        ("lang", "d MMMM y", "there is no date pattern 'lang': full, long,"),
        ("years", "{0} лет", "there is no date pattern 'years'"),
        ("year.dual", "{0}", "there is no date pattern 'year.dual'"),
        ("year", "год назад", "'year' needs {0} where the number goes"),
        ("long", "HH:mm", "'long' is no pattern of a date"),
        ("long", "d MMMMMMMMM y", "'long' is no pattern of a date"),
    ],
)
def test_a_pattern_that_cannot_be_used_is_explained(name, pattern, said):
    assert dates.fault(name, pattern).startswith(said)


def test_a_pattern_in_the_configuration_is_read_or_explained(tmp_path):
    patterns = 'dates = { long = "d MMMM y", "day.one" = "дирӯз {0}" }'
    site = made(tmp_path, f"[languages.tg]\n{patterns}\n")
    assert site.load().config.publishing.dates["tg"] == {"long": "d MMMM y", "day.one": "дирӯз {0}"}
    site.write("tarjuma.toml", '[languages.tg]\ndates = { long = "HH:mm" }\n')
    with pytest.raises(ConfigError, match="dates of tg: 'long' is no pattern of a date"):
        site.load()


@pytest.mark.parametrize(
    ("code", "expected"), [("ru-KZ", "6 мая 2024\u202fг."), ("tg-TJ", "6 майи соли 2024"), ("de", "6. Mai 2024")]
)
def test_regions_and_other_languages_have_dates_too(code, expected):
    assert dates.day(MAY, langs.language(code)) == expected


def test_the_filters_take_dates_and_the_text_of_front_matter():
    filters = dates.filters(langs.language("ro"), {"short": "d.M.yy"})
    assert filters["day"]("2024-05-06T10:00:00+05:00") == filters["day"](MAY) == "6 mai 2024"
    assert filters["day"](MAY, "short") == "6.5.24"
    assert filters["age"]("2024-05-06", "2029-05-06") == "acum 5 ani"


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    """The sample, compiled, in every language that is complete."""
    folder = tmp_path_factory.mktemp("sample")
    for name in ("tarjuma.toml", "babel.cfg"):
        (folder / name).write_bytes((TOP / name).read_bytes())
    # not what an earlier run compiled here
    shutil.copytree(TOP / "content/en", folder / "content/en")
    shutil.copytree(TOP / "locales", folder / "locales", ignore=shutil.ignore_patterns("*.mo", "manifest.txt"))
    assert project.compile(project.load(folder)).is_clean
    return folder


def rendered(folder: Path, code: str, today: date) -> str:
    """Return the sample's newest page in a language, in English where that is not translated."""
    content = folder / "content"
    own = content / code if (content / code / "posts").is_dir() else content / "en"
    words = folder / f"locales/{code}/LC_MESSAGES/_site.mo"
    translations = gettext.GNUTranslations(io.BytesIO(words.read_bytes())) if words.exists() else NullTranslations()
    environment = Environment(
        loader=FileSystemLoader(content / "en/templates"),
        extensions=["jinja2.ext.i18n"],
        autoescape=select_autoescape(default=True),
        undefined=StrictUndefined,
    )
    environment.filters |= dates.filters(langs.language(code))
    environment.install_gettext_translations(translations, newstyle=True)
    posts = {stem: read(own / f"posts/{stem}.md") for stem in ["international-cooperation-2023", *NEWEST]}
    return environment.get_template("page.html.jinja").render(
        post={"categories": [], **posts["international-cooperation-2023"]},
        recent=[{"url": f"/{code}/{stem}/", "excerpt": "", **posts[stem]} for stem in NEWEST],
        site=yaml.safe_load((own / "data/site.yml").read_text("utf-8")),
        lang=code,
        today=today,
    )


def read(path: Path) -> dict[str, object]:
    _, front_matter, body = path.read_text("utf-8").split("---\n", 2)
    return {**yaml.safe_load(front_matter), "content": Markup(MarkdownIt().render(body))}


@pytest.mark.parametrize("code", DAYS)
def test_the_sample_page_shows_ages_and_dates_in_its_language(sample, code):
    page = rendered(sample, code, date(2025, 5, 6))
    expected = dates.age(date(2024, 2, 5), date(2025, 5, 6), langs.language(code))
    assert expected == AGES[code].split("|")[0]
    assert page.count(f">{expected}</time>") == 4
    title = dates.day(date(2024, 3, 18), langs.language(code))
    assert f'<time datetime="2024-03-18" title="{title}">' in page
    assert f'<html lang="{code}">' in page


@pytest.mark.parametrize("code", ["ru", "tg"])
def test_the_sample_page_is_whole_in_russian_and_tajik(sample, code):
    page = rendered(sample, code, date(2025, 5, 6))
    for english in ("ago", "Categories", "Recent Posts", "News", "cooperation", "2024-03-18</time>"):
        assert f">{english}" not in page
        assert f" {english} " not in page
