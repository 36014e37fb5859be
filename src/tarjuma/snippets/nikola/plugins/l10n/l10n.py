"""Keeps translations with `noindex: true` out of feeds and the sitemap; Nikola itself knows only whole posts."""

import blinker
from nikola.plugin_categories import SignalHandler


def is_listed(post, language):
    """Say whether search engines get a post in a language."""
    return post.is_translation_available(language) and not post.meta[language].get("noindex")


class Listed:
    """A post as the sitemap sees it."""

    def __init__(self, post, language):
        self.post = post
        self.is_private = post.is_private or not is_listed(post, language)
        self.translated_to = {code for code in post.translated_to if is_listed(post, code)}

    def __getattr__(self, name):
        return getattr(self.post, name)


class L10n(SignalHandler):
    """Puts itself between Nikola and its lists of posts."""

    name = "l10n"

    def set_site(self, site):
        """Wrap what makes feeds, and wait for the posts."""
        super().set_site(site)
        feed = site.generic_rss_feed

        def listed(lang, title, link, description, timeline, *rest, **options):
            posts = [post for post in timeline if is_listed(post, lang)]
            return feed(lang, title, link, description, posts, *rest, **options)

        site.generic_rss_feed = listed
        blinker.signal("scanned").connect(self.scanned)

    def scanned(self, site):
        """Show the sitemap what it may list."""
        for post in site.timeline:
            for language in site.config["TRANSLATIONS"]:
                path = post.destination_path(language)
                if path in site.post_per_file:
                    site.post_per_file[path] = Listed(post, language)
