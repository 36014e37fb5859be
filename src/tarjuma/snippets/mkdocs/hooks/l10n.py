"""What templates want to know about translations, and a sitemap of those that readers should find."""

from copy import copy

from mkdocs.utils import meta


def is_listed(file):
    """Say whether search engines get a file: not with `noindex: true` in its front matter."""
    with open(file.abs_src_path, encoding="utf-8-sig") as stream:
        return not meta.get_data(stream.read())[1].get("noindex")


def translations(file):
    """Return language -> file of the translations that exist; static-i18n fills gaps with the source."""
    return {language: other for language, other in file.alternates.items() if other.locale == language}


def on_page_context(context, page, config, nav):
    """Tell templates the state of a page, all of its translations, and the addresses that search engines get."""
    is_fallback = page.file.locale != context["i18n_page_locale"]
    context["l10n_state"] = "fallback" if is_fallback else (page.meta.get("l10n") or {}).get("state", "")
    context["l10n_is_listed"] = not is_fallback and is_listed(page.file)
    context["l10n_source"] = config.plugins["i18n"].default_language
    context["l10n_translations"] = translations(page.file)
    context["l10n_alternates"] = {
        language: config.site_url + ("" if other.url == "./" else other.url)
        for language, other in translations(page.file).items()
        if is_listed(other)
    }
    return context


def on_template_context(context, template_name, config):
    """Leave fallbacks and unfinished pages out of the sitemap."""
    if template_name == "sitemap.xml" and "i18n_alternates" in context:
        context["i18n_alternates"] = {
            language: [_listed(file) for file in files if file.locale == language and is_listed(file)]
            for language, files in context["i18n_alternates"].items()
        }
    return context


def _listed(file):
    found = copy(file)
    found.alternates = {language: other for language, other in translations(file).items() if is_listed(other)}
    return found
