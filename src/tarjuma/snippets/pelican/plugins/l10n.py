"""Dates in the language of a post, and feeds without the posts that search engines do not get."""

from pelican import signals

try:
    from babel import Locale, UnknownLocaleError
    from babel.dates import format_date
except ImportError:  # `pip install babel` for dates in every language
    format_date = None


def dated(generator):
    """Write the date of each post as readers of its language do, whatever locales the machine has."""
    for post in (*generator.articles, *generator.translations) if format_date else ():
        try:
            post.locale_date = format_date(post.date, "long", Locale.parse(post.lang, sep="-"))
        except UnknownLocaleError:
            continue


def unlisted(context, feed):
    """Take the posts with `Noindex: true` out of a feed."""
    site = context["SITEURL"]
    posts = (*context["articles"], *(other for post in context["articles"] for other in post.translations))
    hidden = {f"{site}/{post.url}" for post in posts if getattr(post, "noindex", "").lower() == "true"}
    feed.items = [item for item in feed.items if item["link"] not in hidden]


def register():
    """Say to Pelican what is done when."""
    signals.article_generator_finalized.connect(dated)
    signals.feed_generated.connect(unlisted)
