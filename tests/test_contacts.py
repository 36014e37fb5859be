"""No e-mail address and no phone number leaves the house; dates and years are none."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tarjuma import contacts
from tests.laws import EXAMPLES

FOUND = [
    "info@ciced.org", "First.Last+tag@mail.example.co.uk", "почта@пример.рф", "name [at] host [dot] org",
    "name(at)host.org", "user\\_name@host.org", "name&#64;host.org", "name@localhost", "name ＠ host.org",
    "name{собака}host.tj",
    "+992 37 221-12-34", "(+992) 918-12-34-56", "8 (800) 555-35-35", "00992372211234", "+1 (555) 123-4567 ext. 12",
    "221-12-34", "+996 (312) 61‑30‑45", "+374 10 12.34.56", "+992&nbsp;37&nbsp;221&nbsp;12&nbsp;34", "\\+992 372211234",
    "+992 *37* 221 12 34", "＋９９２ ３７ ２２１ １２ ３４", "1-800-FLOWERS", "+99237/2211234", "+7 495 123–45–67",
]  # fmt: skip


@pytest.mark.parametrize("contact", FOUND)
@pytest.mark.parametrize("text", ["{}", "Ask {}, please.", "({})", "**{}**", "_{}_", "Write to {}; or come.", "Ба {}"])
def test_addresses_and_numbers_are_found_whole(contact, text):
    whole = text.format(contact)
    (start, end), *others = contacts.spans(whole)
    assert not others
    assert contact.strip("()") in whole[start:end] or whole[start:end] in (contact, contact.lstrip("\\("))
    assert not any(character.isdigit() for character in whole[:start] + whole[end:])


NAMED = [
    ("Call 911 now", "911"), ("Тел.: 2-33-44", "2-33-44"), ("hotline 1414", "1414"), ("WhatsApp: 55 12 34", "55 12 34"),
    ("Звоните по номеру 102", "102"), ("Занг занед: 112", "112"), ("Tel. 12-34-56", "12-34-56"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "number"), NAMED)
def test_a_short_number_is_one_behind_a_word_for_calling(text, number):
    assert [text[start:end] for start, end in contacts.spans(text)] == [number]


NONE = [
    "In 2019-2020 and 2021–2022", "on 31.05.2024", "2024-05-31", "05/31/2024 is no date here", "host 192.168.0.1",
    "room 12", "5 of 10", "version 3.11.2", "10:30–11:45", "pages 12-15", "the 1990s", "@mention", "4,500 pupils",
    "a (at) home", "e.g. this", "50 000 and 100 000", "",
]  # fmt: skip


@pytest.mark.parametrize("text", NONE)
def test_dates_years_and_counts_are_none(text):
    assert contacts.spans(text) == ()


@given(
    st.lists(st.sampled_from([*FOUND, "@", "a", " ", "1", "-", "(", "[at]", ".", "&#64;", "\n", "call"])).map("".join)
)
@settings(max_examples=EXAMPLES, deadline=None)
def test_spans_are_ascending_and_disjoint(text):
    cursor = 0
    for start, end in contacts.spans(text):
        assert cursor <= start < end <= len(text)
        cursor = end
