// Tells templates which translations a page has, and writes dates as readers do: eleventyConfig.addPlugin(l10n).
// Files of one path behind the folder of a language are translations of each other, as Eleventy's i18n plugin has it.

const DEFAULT_LANGUAGE = "en";

export default function l10n(eleventyConfig, { defaultLanguage = DEFAULT_LANGUAGE } = {}) {
  // Address of a page -> {url, lang, noindex, isDefault} of it and of its translations.
  eleventyConfig.addCollection("l10n", (api) => {
    const groups = new Map();
    for (const { url, page, data } of api.getAll()) {
      const [, folder, ...path] = page.filePathStem.split("/");
      if (!url || folder !== page.lang) continue;
      const key = path.join("/");
      const one = { url, lang: folder, noindex: Boolean(data.noindex), isDefault: folder === defaultLanguage };
      groups.set(key, [...(groups.get(key) ?? []), one]);
    }
    return Object.fromEntries([...groups.values()].flatMap((group) => group.map((one) => [one.url, group])));
  });

  // The languages that there are pages in.
  eleventyConfig.addCollection("languages", (api) => [...new Set(api.getAll().map(({ page }) => page.lang))].sort());

  // Pages of a language that search engines and feeds get, the newest first.
  eleventyConfig.addFilter("listed", (pages, lang) =>
    pages
      .filter(({ page, data }) => (!lang || page.lang === lang) && page.outputPath?.endsWith(".html") && !data.noindex)
      .sort((one, other) => other.date - one.date),
  );

  eleventyConfig.addFilter("absolute_url", (url, base) => new URL(url, base).href);

  eleventyConfig.addFilter("localized_date", (date, lang) =>
    new Intl.DateTimeFormat(lang, { dateStyle: "long", timeZone: "UTC" }).format(date),
  );
}
