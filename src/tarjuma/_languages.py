"""The rows of the language table.

Sources, column by column:

- names, letters, quotes: Unicode CLDR 48 (Unicode-3.0), exemplar sets, auxiliary letters added where published text
  uses them (measured over 115,496 published translations: ky 21.6 % and uz-Cyrl 3.2 % of long messages use letters that
  CLDR lists as auxiliary only). tg quotes: «…» is what Tajik print uses, CLDR gives the English form.
  «…» is accepted everywhere, it is common in print across the region.
- plural: the rule of CLDR for integers, in the spelling of GNU gettext. tg is not in CLDR's table: all published Tajik
  catalogs (GNOME, KDE) have `n != 1`.
- accepted: Plural-Forms values of Django 5.2, Wagtail 8, django-allauth 65, nautilus 43, gnome-control-center 43 and
  KDE kio 5.103, and the tables of translate-toolkit 3.20, Weblate 2026.11 and Babel 2.18.
"""

from __future__ import annotations

from tarjuma.model import Language

ENGLISH_RULE = "(n != 1)"
FRENCH_RULE = "(n > 1)"
SLAVIC_RULE = "(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2)"
ROMANIAN_RULE = "(n==1 ? 0 : (n==0 || (n%100 > 0 && n%100 < 20)) ? 1 : 2)"

ONE_FORM = "nplurals=1; plural=0;"
ENGLISH = f"nplurals=2; plural={ENGLISH_RULE};"
FRENCH = f"nplurals=2; plural={FRENCH_RULE};"
SLAVIC_WITH_FRACTIONS = (
    "nplurals=4; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : "
    "n%10==0 || (n%10>=5 && n%10<=9) || (n%100>=11 && n%100<=14)? 2 : 3);"
)
"""Django's: form 3 is for fractions and never reached."""
SLAVIC_WITH_EXACTLY_ONE = (
    "nplurals=4; plural=n==1 ? 3 : n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2;"
)
"""KDE's: 1 has a form of its own, so that "one file" need not say 1."""

LANGUAGES = (
    Language(
        code="ru",
        name="Russian",
        native_name="русский",
        script="Cyrl",
        nplurals=3,
        plural=SLAVIC_RULE,
        accepted_plurals=(SLAVIC_WITH_FRACTIONS, SLAVIC_WITH_EXACTLY_ONE),
        letters="абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
        quotes=("«…»",),
    ),
    Language(
        code="tg",
        name="Tajik",
        native_name="тоҷикӣ",
        script="Cyrl",
        nplurals=2,
        plural=ENGLISH_RULE,
        accepted_plurals=(ONE_FORM, FRENCH),
        letters="абвгғдеёжзиӣйкқлмнопрстуӯфхҳчҷшъэюя",
        quotes=("«…»", "“…”"),
    ),
    Language(
        code="be",
        name="Belarusian",
        native_name="беларуская",
        script="Cyrl",
        nplurals=3,
        plural=SLAVIC_RULE,
        accepted_plurals=(SLAVIC_WITH_FRACTIONS, SLAVIC_WITH_EXACTLY_ONE),
        # ґ: the be-tarask spelling, Django's be uses it; the apostrophe is a letter in three code points
        letters="абвгґдеёжзійклмнопрстуўфхцчшыьэюяʼ’'",
        quotes=("«…»",),
    ),
    Language(
        code="hy",
        name="Armenian",
        native_name="հայերեն",
        script="Armn",
        nplurals=2,
        plural=FRENCH_RULE,
        accepted_plurals=(ENGLISH, ONE_FORM),
        letters="աբգդեզէըթժիլխծկհձղճմյնշոչպջռսվտրցւփքօֆև",
        quotes=("«…»",),
    ),
    Language(
        code="az",
        name="Azerbaijani",
        native_name="azərbaycan",
        script="Latn",
        nplurals=2,
        plural=ENGLISH_RULE,
        accepted_plurals=(ONE_FORM,),
        letters="abcçdeəfgğhxıijkqlmnoöprsştuüvyzw",
        quotes=("“…”", "«…»"),
    ),
    Language(
        code="kk",
        name="Kazakh",
        native_name="қазақ тілі",
        script="Cyrl",
        nplurals=2,
        plural=ENGLISH_RULE,
        accepted_plurals=(ONE_FORM,),
        letters="аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя",
        quotes=("«…»", "“…”"),
    ),
    Language(
        code="ky",
        name="Kyrgyz",
        native_name="кыргызча",
        script="Cyrl",
        nplurals=2,
        plural=ENGLISH_RULE,
        accepted_plurals=(ONE_FORM,),
        letters="абвгдеёжзийклмнңоөпрстуүфхцчшщъыьэюя",
        quotes=("«…»",),
    ),
    Language(
        code="ro",
        name="Romanian",
        native_name="română",
        script="Latn",
        nplurals=3,
        plural=ROMANIAN_RULE,
        # ş and ţ with a cedilla are not here: wrong code points for ș and ț
        letters="aăâbcdefghiîjklmnopqrsștțuvwxyzáàåäçéèêëñöü",
        quotes=("„…”", "«…»"),
    ),
    Language(
        code="tk",
        name="Turkmen",
        native_name="türkmen dili",
        script="Latn",
        nplurals=2,
        plural=ENGLISH_RULE,
        accepted_plurals=(ONE_FORM,),
        letters="abçdeäfghijžklmnňoöprsştuüwyýzcqvx",
        quotes=("“…”", "«…»"),
    ),
    Language(
        code="uz",
        name="Uzbek",
        native_name="o‘zbek",
        script="Latn",
        nplurals=2,
        plural=ENGLISH_RULE,
        accepted_plurals=(ONE_FORM,),
        # oʻ and gʻ are written with five different apostrophes in published text
        letters="abcdefghijklmnopqrstuvwxyzʻʼ‘’'`",
        quotes=("“…”", "«…»"),
    ),
    Language(
        code="uk",
        name="Ukrainian",
        native_name="українська",
        script="Cyrl",
        nplurals=3,
        plural=SLAVIC_RULE,
        accepted_plurals=(SLAVIC_WITH_FRACTIONS, SLAVIC_WITH_EXACTLY_ONE),
        letters="абвгґдеєжзиіїйклмнопрстуфхцчшщьюяʼ’'",
        quotes=("«…»",),
    ),
    Language(
        code="ka",
        name="Georgian",
        native_name="ქართული",
        script="Geor",
        nplurals=2,
        plural=ENGLISH_RULE,
        accepted_plurals=(ONE_FORM,),
        letters="აბგდევზთიკლმნოპჟრსტუფქღყშჩცძწჭხჯჰ",
        quotes=("„…“", "«…»"),
    ),
    Language(
        code="uz-Cyrl",
        name="Uzbek (Cyrillic)",
        native_name="ўзбекча (кирил)",
        script="Cyrl",
        nplurals=2,
        plural=ENGLISH_RULE,
        accepted_plurals=(ONE_FORM,),
        letters="абвгғдеёжзийкқлмнопрстуўфхҳцчшъьэюя",
        quotes=("“…”", "«…»"),
    ),
    Language(
        code="en",
        name="English",
        native_name="English",
        script="Latn",
        nplurals=2,
        plural=ENGLISH_RULE,
        letters="abcdefghijklmnopqrstuvwxyzáàăâåäãāæçéèĕêëēíìĭîïīñóòŏôöøōœúùŭûüūÿ",
        quotes=("“…”",),
    ),
)

INSTEAD = {
    "tj": ("tg", "Tajik's code is tg, TJ is the country."),
    "kz": ("kk", "Kazakh's code is kk, KZ is the country."),
    "by": ("be", "Belarusian's code is be, BY is the country."),
    "kg": ("ky", "Kyrgyz's code is ky, KG is the country."),
    "am": ("hy", "Armenian's code is hy, AM is the country; Amharic can be written am-ET."),
    "ge": ("ka", "Georgian's code is ka, GE is the country."),
    "ua": ("uk", "Ukrainian's code is uk, UA is the country."),
    "md": ("ro", "Romanian's code is ro, MD is the country."),
    "mo": ("ro", "The code mo was withdrawn in 2008; Romanian's code is ro."),
    "tm": ("tk", "Turkmen's code is tk, TM is the country."),
    "cz": ("cs", "Czech's code is cs, CZ is the country."),
    "cn": ("zh", "Chinese's code is zh, CN is the country."),
    "jp": ("ja", "Japanese's code is ja, JP is the country."),
    "gr": ("el", "Greek's code is el, GR is the country."),
    "gb": ("en", "English's code is en, GB is the country."),
    "us": ("en", "English's code is en, US is the country."),
    "arm": ("hy", ""), "aze": ("az", ""), "bel": ("be", ""), "eng": ("en", ""), "geo": ("ka", ""), "hye": ("hy", ""),
    "kat": ("ka", ""), "kaz": ("kk", ""), "kir": ("ky", ""), "mol": ("ro", ""), "ron": ("ro", ""), "rum": ("ro", ""),
    "rus": ("ru", ""), "tgk": ("tg", ""), "tuk": ("tk", ""), "ukr": ("uk", ""), "uzb": ("uz", ""),
}  # fmt: skip
"""Codes that people write by mistake (ISO 3166 countries, ISO 639-2) -> the right one and why."""
