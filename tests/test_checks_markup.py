"""Checks of markup: placeholders, links, addresses, emphasis, code, tags, escapes, access keys, injections."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tarjuma import checking, formats, langs, placeholders
from tarjuma.checks import Context
from tarjuma.model import Catalog, Entry, Key, Message, Options, Problem
from tarjuma.pair import Pair, Text
from tests.laws import BENCH, CORPORA, EXAMPLES, needs_bench, needs_corpora

NAMES = (
    "placeholder-missing", "placeholder-changed", "mt-garbage", "md-link", "md-emphasis", "md-code", "url-changed",
    "url-dropped", "html-dropped", "html-unbalanced", "html-added", "escape", "injection", "accelerator",
)  # fmt: skip


def entry(source: str, *targets: str, flag: str = "", plural: str | None = None) -> Entry:
    """A reviewed entry."""
    return Entry(Message(Key(None, source, plural), flags=(flag,) if flag else ()), targets)


def told(code: str, *entries: Entry) -> list[Problem]:
    """What the checks of markup say about entries in this language."""
    context = Context(langs.language(code), langs.language("en"))
    return list(checking.findings(Catalog("messages.po", code, {}, entries), context, NAMES))


def names(code: str, *entries: Entry) -> list[str]:
    """The checks that say something."""
    return sorted({problem.check for problem in told(code, *entries)})


RIGHT = [
    ("ru", "Copy %s to %s", "Скопировать %s в %s"),
    ("ru", "max_items", "Наибольшее число"),
    ("ru", "%1$s sent %2$d letters", "Отправлено писем: %2$d (%1$s)"),
    ("tg", "Could not open %1", "%1-ро кушода натавонист"),
    ("kk", "Delete %n files", "%n файлды жою", "qt-format"),
    ("uz", "Delete %(count)d files", "%(count)dta faylni oʻchirish", "python-format"),
    ("ru", "Save 50% of your time", "Сэкономьте 50 % времени"),
    ("az", "Save 50% of your time", "Vaxtınızın %50-sinə qənaət edin"),
    ("ru", "Only $5 a day", "Всего 5 $ в день"),
    ("ru", "Pay $20 or more", "Оплатите 20 $ или больше"),
    ("ru", "100% discount", "скидка 100%"),
    ("ru", "Hello {{name}}", "Здравствуйте, {{ name }}"),
    ("ru", '{{ date|date:"F j, Y" }}', '{{ date|date:"j E Y" }}'),
    (
        "ru",
        "{count, plural, one {# file} other {# files}}",
        "{count, plural, one {# файл} few {# файла} many {# файлов} other {# файла}}",
    ),
    (
        "ru",
        "{gender, select, male {He liked {item}} other {They liked {item}}}",
        "{gender, select, male {Ему понравилось {item}} other {Им понравилось {item}}}",
    ),
    ("ru", '{{< figure src="a.png" caption="The hall" >}}', '{{< figure src="a.png" caption="Зал" >}}'),
    ("ru", "Today is %B %d, %Y", "Сегодня %d %B %Y"),
    ("ru", "at %H:%M", "в %-H:%M"),
    ("ru", "Read **the rules**", "Прочтите __правила__"),
    ("ru", "*Note* and **more**", "_Заметка_ и **ещё**"),
    ("ru", "Use `ls -l` now", "Теперь `ls -l`"),
    ("ru", "See [the guide](/en/guide/#start)", "См. [руководство](/ru/guide/#начало)"),
    (
        "ru",
        "See [it](https://en.wikipedia.org/wiki/Moon)",
        "См. [это](https://ru.wikipedia.org/wiki/%D0%9B%D1%83%D0%BD%D0%B0)",
    ),
    (
        "ru",
        "See https://developer.mozilla.org/en-US/docs/Web",
        "См. https://developer.mozilla.org/ru/docs/Web",
    ),
    ("ru", "See https://docs.python.org/3/library/", "См. https://docs.python.org/ru/3/library/"),
    ("ru", "See [x](https://support.google.com/a?hl=en)", "См. [x](https://support.google.com/a?hl=ru)"),
    ("uz-Cyrl", "See [x](/en/about/)", "Қаранг: [x](/uz-cyrl/about/)"),
    ("ru", "See [x](guide.en.md)", "См. [x](guide.ru.md)"),
    ("ru", "See [x](/files/rules-en.pdf)", "См. [x](/files/rules-ru.pdf)"),
    ("ru", "Go to http://example.org", "Зайдите на https://example.org/"),
    ("kk", "Go to https://example.org", "https://example.org-ға өтіңіз"),
    ("ru", "<https://example.org>", "https://example.org"),
    ("ru", "[https://example.org](https://example.org)", "<https://example.org>"),
    ("ru", "Line<br>line", "Строка<br />строка"),
    ("ru", "<B>x</B> y", "<b>икс</b> игрек"),
    ("ru", "Use <file> here", "Укажите <файл> здесь"),
    ("ru", "Use <file> here", "Укажите файл здесь"),
    ("ru", "<user@example.org>", "<user@example.org>"),
    ("ru", "Black &amp; white", "Чёрное и белое"),
    ("ru", "A &mdash; b", "А — б"),
    ("ru", "A &quot;b&quot;", "А «б»"),
    ("ru", "Save &copy; 2024", "Сохранить © 2024"),
    ("ru", "C\\# is good", "Язык C\\# хорош"),
    ("ru", "Snow\\* and rain", "Снег и дождь\\*"),
    ("ru", "a [b] c", "а [б] в"),
    ("ru", "Text [1] (see)", "Текст [1] (см.)"),
    ("ru", "See [the list][faq]", "См. [список][faq]"),
    ("ru", "`a` and `a` again", "`a` и снова он"),
    ("ru", "x_y and y_z", "x_y и y_z"),
    ("ru", "_Note_: done", "_Примечание_: готово"),
    ("ru", "AT&T and R&D", "AT&T и НИОКР"),
    ("ru", "Q&A", "Вопросы и ответы"),
    ("ru", "Zoom _In", "У_величить"),
    ("ru", "C&opy", "&Копировать"),
    ("ru", "Save && &exit", "Сохранить и &выйти"),
    ("ru", "Set data: all", "Набор данных: все"),
    ("ru", "onclick is an attribute", "onclick= — атрибут"),
    ("ru", "JavaScript: the good parts", "JavaScript: хорошие стороны"),
    ("ru", "Mail to a@example.org", "Пишите на a@example.org."),
    (
        "ru",
        "Mail to [us](mailto:a@example.org?subject=Hello)",
        "[Пишите](mailto:a@example.org?subject=Привет)",
    ),
    ("ru", '![The hall](/img/hall.jpg "Hall")', '![Зал](/img/hall.jpg "Зал")'),
    ("ru", "A ~~b~~ c", "А ~~б~~ в"),
    ("ru", "5 * 3 * 2", "5 · 3 · 2"),
    ("ru", "a < b and c > d", "а < б и в > г"),
    ("ru", "`foo' and `bar'", "«foo» и «bar»"),
    ("ru", "H<sub>2</sub>O", "Вода (H<sub>2</sub>O)"),
    ("ru", "{{ a }} and {{ b }}", "{{ b }} и {{ a }}"),
    ("ru", "${user} wrote", "Написал ${user}"),
    ("ru", "Text with {#id}", "Текст с {#id}"),
    ("ru", '<a href="/en/x/">Go</a>', '<a href="/ru/x/">Вперёд</a>'),
    ("ru", '<a href="x" title="Go there">Go</a>', '<a href="x" title="Туда">Вперёд</a>'),
    ("ru", "E = $mc^2$ now", "Теперь E = $mc^2$"),
    ("ru", "Price: $5 and $x", "Цена: 5 $ и $x"),
    ("ru", "%d%% done", "Готово %d %%", "c-format"),
    ("ru", "%d%% done", "Готово %d%%", "c-format"),
    ("ru", "Progress: %.1f%%", "Готово: %.2f %%", "c-format"),
    ("ru", "%lu bytes", "%lu байт", "c-format"),
    ("ru", "%-10s name", "%-12s имя", "c-format"),
    ("ru", "Time: %s%d", "Время: %s%d", "c-format"),
    ("ro", "5 %s", "5 %s"),
    ("ru", "File {0}: {1}", "{1}: файл {0}"),
    ("ru", "#{name} wrote", "Написал #{name}"),
    ("ru", "<%= name %> wrote", "Написал <%= name %>"),
    ("ru", "line one\n- item", "строка\n- пункт"),
    ("ru", "__init__ and x", "__init__ и икс"),
    ("ru", "Press [Enter]", "Нажмите [Ввод]"),
    ("ru", "Use @user", "Укажите @user"),
    ("ru", "[x](/a) [y](/b)", "[игрек](/b) [икс](/a)"),
    ("ru", "pH 7 and PH5", "pH 7 и PH5"),
    ("ru", "XML 1.0", "XML 1.0"),
    ("ru", "Error [[1]]", "Ошибка [[1]]"),
    ("ru", "Text <!-- note --> more", "Текст <!-- note --> ещё"),
    ("ru", "See https://example.org/a%20b", "См. https://example.org/a%20b"),
    ("ru", "a **b**, c", "а **б**ами, в"),
    ("ru", "{% if x %}Yes{% endif %}", "{% if x %}Да{% endif %}"),
    ("ru", '{{ x | default: "none" }}', '{{ x | default: "нет" }}'),
    ("ru", ":tada: New", ":tada: Новое"),
    ("hy", "See `ls`", "Տե՛ս `ls`"),
    ("hy", "file: %s", "ֆայլը` %s", "c-format"),
    ("ru", "Use \\{...} here", "Здесь \\{…}"),
    ("ru", "Use <a %(attributes)s>this</a>", "<a %(attributes)s>Это</a>"),
    ("ru", "Names such as 'http://'", "Имена вроде 'http://'֊ов"),
    ("ru", "**0** results", "__0__ результатов"),
    ("ru", "YYYY-MM-DD HH:MM[:ss[.uuuuuu]][TZ] format", "формат ГГГГ-ММ-ДД ЧЧ:ММ[:сс[.дддддд]][ЧП]"),
    ("ru", "See (the map) and [x](/y)", "См. [икс](/y) (карта)"),
]
"""(language, source, translation[, flag]): nothing to say about any of them."""

WRONG = {
    "html-dropped": [
        ("ru", "Use <a %(attributes)s>this</a>", "Это %(attributes)s"),
        ("ru", "a <b>b</b>", "а б"),
        ("ru", "a<br>b", "а б"),
        ("ru", "a <b>b</b> <b>c</b>", "а <b>б</b> в"),
        ("ru", 'a <img src="x">', "а"),
    ],
    "html-unbalanced": [
        (
            "ru",
            'Go to <a href="https://a.example/">https://a.example</a>.',
            'См. <a href="https://a.example/">https://a.example/a>.',
        ),
        ("ru", "a <b>b</b>", "а <b>б"),
        ("ru", "a <b>b</b>", "а б</b>"),
        ("ru", "a <b>b</b>", "а </b>б<b>"),
        ("ru", "a <b>b</b>", "а <b>б<b>"),
        ("ru", "a <b>b</b>", "а <b>б</ b>"),
        ("ru", "a <b>b</b>", "а < b>б</b>"),
        ("ru", "a <b>b</b>", "а <b>б</b"),
        ("ru", "a <b>b</b>", "а <b>б<\\b>"),
        ("ru", "a <b>b</b>", "а <b>б</i>"),
        ("ru", "a <b>b</b>", "а <б>б</б>"),
        ("ru", "a <b>b</b>", "а ＜b＞б＜/b＞"),
        ("ru", "a <b>b</b>", "а <<b>б</b>"),
        ("ru", "a <b>b</b>", "а b>б</b>"),
        ("ru", "a <b>b</b>", "а <b б</b>"),
        ("ru", "<b><i>a</i></b>", "<b><i>а</b></i>"),
        ("ru", '<a href="x">a</a>', '<a href="x>а</a>'),
        ("ru", '<a href="x">a</a>', "<a href=«x»>а</a>"),
        ("ru", '<a href="x">a</a>', '<a href="x"">а</a>'),
        ("ru", "a <b>b</b>", "а &lt;b&gt;б&lt;/b&gt;"),
        ("ru", "a <strong>b</strong>", "а <сильный>б</сильный>"),
        ("ru", "a <strong>b</strong>", "а <strоng>б</strong>"),
    ],
    "mt-garbage": [
        ("uz", "It is closed", "Bu XPH0X yopiq"),
        ("ru", "%(name)s wrote", "Написал %(nаme)s"),
        ("ru", "%s wrote", "Написал %с"),
        ("ru", "%s wrote", "Написал % s"),
        ("ru", "%1$s wrote", "Написал % 1 $ s"),
        ("ru", "{{ x }} wrote", "Написал { {x} }"),
        ("ru", "{{ x }} wrote", "Написал {{ x } }"),
        ("ru", "%s wrote", "Написал ％s"),
        ("ru", "{x} wrote", "Написал ｛x｝"),
        ("ru", "${x} wrote", "Написал $ {x}"),
        ("ru", "%1 wrote", "Написал % 1"),
        ("ru", "**x** y", "⟦0⟧икс⟦1⟧"),
        ("ru", "a [b](c)", "а <x id=1/>б"),
        ("ru", "a [b](c)", "а [[1]]"),
        ("ru", "a {x}", "а ⟨1⟩"),
        ("ru", "a {x}", "а PLACEHOLDER_1"),
        ("ru", "a {x}", "а <<0>>"),
        ("ru", "a {x}", "а __ПХ0__"),
        ("ru", "a {x}", "а XPH1X"),
        ("ru", "a {x}", "а xph1x"),
        ("ru", "a {x}", "а @@0@@"),
        ("ru", "a {x}", "а &lt;x&gt;"),
        ("ru", "a {x}", 'а &lt;x id="1"/&gt;'),
        ("ru", "a {x}", "а ##0##"),
        ("ru", "a {x}", "а {{PH0}}"),
        ("ru", "a {x}", "а [PH0]"),
        ("ru", "a {x}", "а $$0$$"),
        ("ru", "a {x}", 'а <ph id="0"/>'),
        ("ru", "a {x}", 'а <g id="1">б</g>'),
        ("ru", "a {x}", "а _ _ PH0 _ _"),
        ("ru", "a {x}", "а __ PH 0 __"),
        ("ru", "a {x}", "а {PH0}"),
        ("ru", "a {x}", "а %PH0%"),
        ("ru", "a {x}", "а ⟦ 0⟧"),
        ("ru", "a {x}", "а <0>"),
        ("ru", "a {x}", "а </0>"),
        ("ru", "a `b`", "а ⟦C0⟧"),
        ("ru", "a {x}", "а NOTRANSLATE0"),
        ("ru", "a {x}", "а %%0%%"),
    ],
    "md-link": [
        ("ru", "See ([a](/b)).", "См. ([а](/b)."),
        ("ru", "[https://x.org](https://x.org)", "https://x.org (https://x.org)"),
        ("ru", "[https://x.org](https://x.org)", "[https://x.org]（https://x.org）"),
        ("ru", "[a](/b) c", "[а] (/b) в"),
        ("ru", "[a](/b) c", "[а]（/b） в"),
        ("ru", "[a](/b) c", "［а］(/b) в"),
        ("ru", "[a](/b) c", "\\[а](/b) в"),
        ("ru", "[a](/b) c", "[а\\](/b) в"),
        ("ru", "[a](/b) c", "[а](/b в"),
        ("ru", "[a](/b) c", "[а(/b) в"),
        ("ru", "[a](/b) c", "а](/b) в"),
        ("ru", "[a](/b) c", "(а)[/b] в"),
        ("ru", "[a](/b) c", "[а]\\(/b\\) в"),
        ("ru", "[a](/b) c", "[[а](/b) в"),
        ("ru", "[a](/b) c", "[а]](/b) в"),
        ("ru", "[a](/b) c", "[](/b) в"),
        ("ru", "[a](/b) c", "[ ](/b) в"),
        ("ru", "[a](/b) c", "а (/b) в"),
        ("ru", "[a](https://x.org/) c", "[а] (https://x.org/) в"),
        ("ru", "[a](https://x.org/) c", "[а](https://x.org/ в"),
        ("ru", "[a](https://x.org/) c", "а (https://x.org/) в"),
        ("ru", "[a](/b) c", "[а]: /b в"),
        ("ru", "[a](/b) c", "[а](/b) ) в]"),
        ("ru", "![a](/b.png) c", "[а](/b.png) в"),
        ("ru", "![a](/b.png) c", "! [а](/b.png) в"),
        ("ru", "![a](/b.png) c", "![а] (/b.png) в"),
        ("ru", "See [a][x] c", "См. [а] [x] в"),
        ("ru", "See [a][x] c", "См. [а][икс] в"),
        ("ru", "See [a][x] c", "См. а в"),
        ("ru", "a[^1]", "а[1]"),
        ("ru", '[a](/b "T") c', '[а](/b "Т"Т") в'),
        ("ru", "[a](/en/b) c", "[а] (/ru/b) в"),
        ("ru", "[a](/b) c", "[а](</b) в"),
        ("ru", "[a](/b) c", "[а]{/b} в"),
        ("ru", "[a](/b) c", "{а}(/b) в"),
        ("ru", "[a](/b/c/)", "[а](/b /c/)"),
        ("ru", '[a](/b "c d")', '[а](/b "в "г" д")'),
    ],
    "url-changed": [
        ("ru", "[https://x.org/a/b](https://x.org/a/b)", "[https://xx.org/a/b](https://x.org/a/b)"),
        ("ru", "Open `https://x.org/a`", "Откройте `https://x.com/a`"),
        ("ru", "See https://example.org/a", "См. https://example.com/a"),
        ("ru", "See https://example.org/a", "См. https://example.org/б"),
        ("ru", "See https://example.org/a", "См. https: //example.org/a"),
        ("ru", "See https://example.org/a", "См. https://example. org/a"),
        ("ru", "See https://example.org/a", "См. https://exаmple.org/a"),
        ("ru", "See https://example.org/a", "См. ftp://example.org/a"),
        ("ru", "See https://example.org/abc", "См. https://example.org/ab"),
        ("ru", "See https://example.org/a", "См. http:/example.org/a"),
        ("ru", "See https://example.org/a", "См. https//example.org/a"),
        ("ru", "See https://example.org/a", "См. хттпс://example.org/a"),
        ("ru", "See https://example.org/a", "См. example.org/a"),
        ("ru", "Mail a@example.org", "Пишите a@exampl.org"),
        ("ru", "Mail a@example.org", "Пишите а@example.org"),
        ("ru", "Mail a@example.org", "Пишите a @ example.org"),
        ("ru", "[a](/b/c/)", "[а](/b/с/)"),
        ("ru", "[a](/b/c/)", "[а](/б/ц/)"),
        ("ru", "[a](/b/c/)", "[а](/b/c)"),
        ("ru", "[a](/en/c/)", "[а](/ru/d/)"),
        ("ru", "[a](/en/c/)", "[а](/kk/c/)"),
        ("ru", '<a href="/b">a</a>', '<a href="/c">а</a>'),
        ("ru", "[a](https://x.org/?q=1)", "[а](https://x.org/?q=2)"),
        ("ru", "[a](https://x.org/a#b)", "[а](https://x.org/a)"),
        ("ru", '<img src="/a.jpg" alt="a">', '<img src="/б.jpg" alt="а">'),
        ("ru", "[a](/b)", "[а](file:///etc/passwd)"),
    ],
    "accelerator": [
        ("tg", "Date & _Time", "_Сана ва _вақт"),
        ("ru", "_File", "_Фай_л"),
        ("ru", "&File", "Файл&"),
        ("ru", "_File", "_ Файл"),
        ("ru", "_File", "Файл"),
        ("ru", "&File", "Файл & ещё"),
        ("ru", "_File…", "Файл_…"),
        ("ru", "Zoom _In", "Увеличить"),
        ("ru", "&Save as…", "&Сохранить &как…"),
        ("ru", "&Save as…", "&&Сохранить как…"),
        ("ru", "_Save", "__Сохранить"),
    ],
    "placeholder-missing": [
        ("ru", "Copy %s to %s", "Скопировать в %s"),
        ("ru", "Copy {a} to {b}", "Скопировать {a}"),
        ("tg", "Open %1", "Кушодан"),
        ("ru", "${user} wrote", "Написал пользователь"),
        ("ru", "<%= name %> wrote", "Написал"),
        ("ru", "#{name} wrote", "Написал"),
        ("ru", "%n files", "файлы", "qt-format"),
        ("ru", "{count, plural, one {# file} other {# files}}", "{один файл}"),
        ("ru", "{% if x %}Yes{% endif %}", "{% if x %}Да"),
        ("ru", "a {x}", "а [0]"),
        ("ru", "a {x}", "а ZXQ0ZXQ"),
    ],
    "placeholder-changed": [
        ("ru", "%(name)s wrote", "Написал %(имя)s"),
        ("ru", "{name} wrote", "Написал {user}"),
        ("ru", "Hello", "Привет, {name}"),
        ("ru", "Hello", "Привет, %(name)s"),
        ("ru", "Hello", "Привет, %s", "c-format"),
        ("ru", "%(n)d files", "%(n)s файлов", "python-format"),
        ("ru", "%d of %d", "%d из %d и %d", "c-format"),
        ("ru", "{{ a }} x", "{{ a.b }} икс"),
        ("ru", "100%% of %s", "100% от %s", "c-format"),
        ("ru", "Hello", 'Привет {% include "x" %}'),
    ],
    "url-dropped": [
        ("ru", "[a](/b) c", "а в"),
        ("ru", "See https://example.org/a now", "Смотрите сейчас"),
        ("ru", "Mail a@example.org now", "Пишите сейчас"),
        ("ru", "<https://example.org> x", "икс"),
        ("ru", '<a href="/b">a</a>', "а"),
        ("ru", '<a href="/b">a</a>', "<a>а</a>"),
    ],
    "md-emphasis": [
        ("ru", "**a** b", "**а* б"),
        ("ru", "**a** b", "** а ** б"),
        ("ru", "**a** b", "**а б"),
        ("ru", "**a** b", "а** б"),
        ("ru", "**a** b", "*а* б"),
        ("ru", "**a** b", "а б"),
        ("ru", "*a* b", "**а** б"),
        ("ru", "*a* b", "а б"),
        ("ru", "_a_ b", "_а б"),
        ("ru", "a b", "**а** б"),
        ("ru", "**a** b", "**а** **б**"),
        ("ru", "**a** b", "∗∗а∗∗ б"),
        ("ru", "**a** b", "<b>а</b> б"),
        ("ru", "**a** b", "\\*\\*а\\*\\* б"),
        ("ru", "**a** b", "＊＊а＊＊ б"),
        ("ru", "**a** b", "**«а»**м б"),
        ("ru", "***a*** b", "**а** б"),
        ("ru", "~~a~~ b", "а б"),
        ("ru", "**a** b", "* *а* * б"),
        ("ru", "**a** b", "**а** б**"),
        ("ru", "\\\\*a\\\\*", "\\*а\\*"),
    ],
    "md-code": [
        ("ru", "`a b` c", "`а б` в"),
        ("ru", "`ab` c", "«ab» в"),
        ("ru", "`ab` c", "'ab' в"),
        ("ru", "`ab` c", "`ab в"),
        ("ru", "`ab` c", "ab` в"),
        ("ru", "`ab` c", "`аb` в"),
        ("ru", "`ab` c", "‘ab’ в"),
        ("ru", "`ab` c", "ab в"),
        ("ru", "`ab` c", "`ab.c` в"),
        ("ru", "`ab` c", "` ab c ` в"),
        ("ru", "`ab` c", "\\`ab\\` в"),
        ("ru", "`ab` c", "´ab´ в"),
        ("ru", "`ab` c", "**ab** в"),
        ("ru", "``a`b`` c", "`a`b` в"),
        ("ru", "`a-b` c", "`a - b` в"),
        ("ru", "`a` and `a`", "`a` и a"),
    ],
    "escape": [
        ("ru", '<img alt="a b">', '<img alt="а "б"">'),
        ("ru", '<a title="x">a</a>', '<a title="икс "и" игрек">а</a>'),
        ("ru", "\\# a", "# а"),
        ("ru", "\\- a", "- а"),
        ("ru", "\\*a\\*", "*а*"),
        ("ru", "1\\. a", "1. а"),
        ("ru", "\\_a\\_", "_а_"),
        ("ru", "\\> a", "> а"),
        ("ru", "\\+ a", "+ а"),
        ("ru", "a\\_b", "а_б"),
        ("ru", "\\[a\\](b)", "[а](b)"),
        ("ru", "\\<b\\>", "<b>"),
        ("ru", "a\\|b", "а|б"),
        ("ru", "a&nbsp;b", "а&nbsp б"),
        ("ru", "a&nbsp;b", "а& nbsp;б"),
        ("ru", "a&nbsp;b", "а&amp;nbsp;б"),
        ("ru", "a&nbsp;b", "а&нбсп;б"),
        ("ru", "a&nbsp;b", "а&nbsp ;б"),
        ("ru", "a &amp; b", "а &amp;amp; б"),
        ("ru", "a &lt;b&gt;", "а <b>"),
        ("ru", "a &lt; b", "а < б"),
        ("ru", "`a` \\`b\\`", "`a` `б`"),
        ("ru", '{{< figure caption="a b" >}}', '{{< figure caption="а "б"" >}}'),
        ("ru", "C:\\\\dir", "C:\\dir"),
    ],
    "injection": [
        ("ru", "Hello", "Привет<script>alert(1)</script>"),
        ("ru", "Hello", "Привет<SCRIPT SRC=//x.org/x.js></SCRIPT>"),
        ("ru", "Hello", "Привет<svg onload=alert(1)>"),
        ("ru", "Hello", 'Привет <b onmouseover="x()">б</b>'),
        ("ru", "[a](/b)", "[а](javascript:alert(1))"),
        ("ru", "[a](/b)", "[а](JaVaScRiPt:alert(1))"),
        ("ru", "[a](/b)", "[а](java script:alert(1))"),
        ("ru", "[a](/b)", "[а](&#106;avascript:alert(1))"),
        ("ru", "[a](/b)", "[а](vbscript:msgbox)"),
        ("ru", "[a](/b)", "[а](data:text/html,x)"),
        ("ru", '<a href="/b">a</a>', '<a href="javascript:x()">а</a>'),
        ("ru", '<a href="/b">a</a>', '<a href="/b" onclick="x()">а</a>'),
        ("ru", '<a href="/b">a</a>', '<a href="/b" style="x">а</a>'),
        ("ru", "Hello", "Привет https://spam.example/"),
        ("ru", "Hello", "Привет www.spam.example"),
        ("ru", "Hello", "Привет [тут](https://spam.example/)"),
        ("ru", "Hello", "Привет <https://spam.example/>"),
        ("ru", "Hello", "Привет ![x](https://spam.example/a.gif)"),
        ("ru", "Hello", 'Привет <img src="https://spam.example/a.gif">'),
        ("ru", "Hello", 'Привет <a href="https://spam.example/">б</a>'),
        ("ru", "See https://a.org", "См. https://a.org и https://spam.example/"),
        ("ru", "Hello", 'Привет <form action="/x"><input name="p"></form>'),
        ("ru", "Hello", 'Привет <object data="x"></object>'),
        ("ru", "Hello", "Привет <style>body{display:none}</style>"),
        ("ru", "Hello", 'Привет <meta http-equiv="refresh" content="0">'),
        ("ru", "Hello", 'Привет <base href="//x.org">'),
        ("ru", "Hello", 'Привет <link rel="stylesheet" href="//x.org">'),
        ("ru", "Hello", "Привет <script"),
        ("ru", "Hello", 'Привет {{ "<script>" | safe }}'),
        ("ru", "Hello", "Привет, пишите на spam@spam.example"),
        ("ru", "Hello", "Привет [тут](//spam.example)"),
        ("ru", "Hello", "Привет \\<script>alert(1)</script>"),
        ("ru", "Hello", "Привет <details ontoggle=alert(1) open>"),
    ],
}


def case(row: tuple[str, ...]) -> tuple[str, Entry]:
    """The language and the entry of a row of the tables."""
    language, source, target, *flag = row
    return language, entry(source, target, flag="".join(flag))


@pytest.mark.parametrize("row", RIGHT, ids=lambda row: row[2])
def test_a_right_translation_is_left_alone(row: tuple[str, ...]) -> None:
    language, translated = case(row)
    assert told(language, translated) == []


@pytest.mark.parametrize(
    ("check", "row"),
    [(check, row) for check, rows in WRONG.items() for row in rows],
    ids=lambda each: each if isinstance(each, str) else each[2],
)
def test_a_defect_is_found_under_its_own_name(check: str, row: tuple[str, ...]) -> None:
    language, translated = case(row)
    assert check in names(language, translated)


@pytest.mark.parametrize("row", [row for rows in WRONG.values() for row in rows], ids=lambda row: row[2])
def test_a_finding_points_into_the_translation_and_its_message_is_whole(row: tuple[str, ...]) -> None:
    language, translated = case(row)
    for problem in told(language, translated):
        start, end = problem.span or (0, 0)
        assert 0 <= start <= end <= len(translated.target)
        assert problem.message
        assert not problem.message.endswith(".")


@pytest.mark.parametrize("row", [*RIGHT, *(row for rows in WRONG.values() for row in rows)], ids=lambda row: row[2])
def test_a_text_beside_itself_has_no_defect(row: tuple[str, ...]) -> None:
    for text in row[1:3]:
        assert told(row[0], entry(text, text, flag="".join(row[3:]))) == []


PLURALS = [
    # language, singular, plural, forms, what is told
    ("tg", "one letter", "%d letters", ("як мактуб", "%d мактуб"), []),
    ("ro", "%d letter", "%d letters", ("o scrisoare", "%d scrisori", "%d de scrisori"), []),
    ("hy", "%d letter", "%d letters", ("մեկ նամակ", "%d նամակ"), ["placeholder-missing"]),  # 0 and 1
    ("ru", "%d letter", "%d letters", ("одно письмо", "%d письма", "%d писем"), ["placeholder-missing"]),  # 1 and 21
    ("ru", "one letter", "%d letters", ("%d письмо", "%d письма", "%d писем"), []),
    ("ru", "%d letter", "%d letters", ("%d письмо", "%d письма", "писем"), ["placeholder-missing"]),
    ("uk", "%d letter", "%d letters", ("%d лист", "%d листи", "%d листів", "один лист"), []),
    ("uk", "%d letter", "%d letters", ("%d лист", "%d листи", "%d листів", "листів"), ["placeholder-missing"]),
    ("ky", "%d letter", "%d letters", ("%d кат",), []),
    ("ky", "%d letter", "%d letters", ("кат",), ["placeholder-missing"]),
    ("kk", "%d of %s", "%d of %s", ("%s: бір", "%s: %d"), ["placeholder-changed"]),  # %s takes the number's place
    ("kk", "%(n)d of %(who)s", "%(n)d of %(who)s", ("%(n)d", "%(who)s: %(n)d"), ["placeholder-missing"]),
    ("uz", "%(n)d of %(who)s", "%(n)d of %(who)s", ("%(who)s: bitta", "%(who)s: %(n)d"), []),
    ("az", "%d letter", "%d letters", ("%d məktub", "%s məktub"), ["placeholder-changed"]),
]


@pytest.mark.parametrize(("language", "one", "many", "forms", "expected"), PLURALS)
def test_a_plural_form_may_leave_out_the_number_only_when_it_stands_for_one(
    language: str, one: str, many: str, forms: tuple[str, ...], expected: list[str]
) -> None:
    assert names(language, entry(one, *forms, plural=many, flag="c-format")) == expected


SUGGESTED = [
    ("ru", "See https://example.org/a", "См. https://exаmple.org/a", "https://example.org/a", True),
    ("ru", "See https://example.org/a", "См. https://example. org/a", "https://example.org/a", True),
    ("ru", "See [a](/halls/big/)", "См. [а](/залы/большой/)", "/halls/big/", False),
    ("ru", "Hello, {name}", "Привет, {имя}", "{name}", False),
    ("ru", "Hello, %(name)s", "Привет, % (name) s", "%(name)s", False),
]


@pytest.mark.parametrize(("language", "source", "target", "suggestion", "is_safe"), SUGGESTED)
def test_what_to_write_instead_is_the_source_s_own_text(
    language: str, source: str, target: str, suggestion: str, is_safe: bool
) -> None:
    (problem,) = told(language, entry(source, target))
    assert (problem.suggestion, problem.is_safe) == (suggestion, is_safe)
    start, end = problem.span or (0, 0)
    mended = target[:start] + suggestion + target[end:]
    assert told(language, entry(source, mended)) == []


def test_https_that_became_http_is_no_error() -> None:
    (problem,) = told("ru", entry("See https://example.org", "См. http://example.org"))
    assert (problem.check, problem.severity.value) == ("url-changed", "warning")


def test_a_lost_backslash_is_a_warning_and_a_quote_that_ends_an_attribute_an_error() -> None:
    (lost,) = told("tg", entry("1\\. Mountains", "1. Кӯҳҳо"))
    (quote,) = told("tg", entry('<img alt="The hall">', '<img alt="Толори "Илм"">'))
    assert (lost.severity.value, quote.severity.value) == ("warning", "error")


def test_the_names_of_translators_are_theirs_to_write() -> None:
    assert told("ru", entry("translator-credits", "Анна <anna@example.org>\nhttps://example.org/anna")) == []


def test_prose_blanks_what_nobody_reads_as_a_word_and_keeps_its_length() -> None:
    text = "Салом, %(name)s! `ls` дар <b>мо</b>: a@b.example, %1-ро"
    prose = Text(text).prose
    assert len(prose) == len(text)
    assert prose.split() == ["Салом,", "!", "дар", "мо", ":", ",", "-ро"]


def test_a_text_longer_than_any_message_is_read_in_linear_steps() -> None:
    pair = Pair(entry("See [x](/y)", "[x](/y) " * 20_000), 0, langs.language("ru"))
    assert pair.addresses.added == ()


@given(
    st.text(alphabet="%({sd1}$ )nаx[]<>`*_\\&;:/@.", max_size=40), st.text(alphabet="%s{x}d1$ аб*`[](/)<>", max_size=40)
)
@settings(max_examples=EXAMPLES, deadline=None)
def test_law_any_two_texts_can_be_compared(source: str, target: str) -> None:
    for flag in ("", "c-format", "python-format", "kde-format"):
        told("ru", entry(source, target, flag=flag))
        assert told("ru", entry(source, source, flag=flag)) == []


@given(st.text(alphabet="%({sd1}$ )nax%", max_size=30))
@settings(max_examples=EXAMPLES, deadline=None)
def test_law_placeholders_of_a_text_are_in_order_and_apart(text: str) -> None:
    for family in placeholders.Family:
        cursor = 0
        for mark in placeholders.find(text, family):
            assert mark.start >= cursor
            assert text[mark.start : mark.end] == mark.text
            cursor = mark.end


def texts(folder: Path) -> Iterator[str]:
    """Every message of the posts below a folder."""
    for path in sorted(folder.rglob("*.md")):
        for segment in formats.parse(path.read_bytes(), str(path), Options()).segments:
            yield segment.key.text


@needs_corpora
@pytest.mark.parametrize("folder", sorted(CORPORA.iterdir()) if CORPORA.is_dir() else [], ids=lambda path: path.name)
def test_the_identity_translation_of_a_corpus_and_one_more_word_says_nothing(folder: Path) -> None:
    seen = set(texts(folder)) if folder.is_dir() else set()
    assert told("ru", *(entry(text, text) for text in seen)) == []
    assert told("ru", *(entry(text, text + " снова") for text in seen)) == []


@needs_bench
def test_published_translations_are_nearly_silent() -> None:
    found, count = 0, 0
    for line in (BENCH / "checks" / "published.jsonl").read_text("utf-8").splitlines():
        item = json.loads(line)
        entries = [published(each) for each in item["entries"] if not each.get("fuzzy") and not each.get("obsolete")]
        found += len(told(item["lang"].replace("_", "-"), *entries))
        count += len(entries)
    assert count > 3000
    assert found * 1000 <= 4 * count


def published(item: dict[str, object]) -> Entry:
    """An entry of the benchmark."""
    key = Key(item["msgctxt"], item["msgid"], item["msgid_plural"])  # type: ignore[arg-type]
    message = Message(key, flags=tuple(item["flags"]))  # type: ignore[arg-type]
    return replace(Entry(message), targets=tuple(item["forms"] or [item["msgstr"]]))  # type: ignore[arg-type, call-overload]
