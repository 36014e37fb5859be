// Which pages there are, and in which languages: files of one path behind the folder of a language are translations.

import { getCollection } from "astro:content";
import config from "virtual:starlight/user-config";

const LOCALES = Object.keys(config.locales ?? {}).filter((locale) => locale !== "root");

// {locale, lang, path, href, noindex} of each language that a page is there in; `locale` is undefined for the original.
export async function translations(id, site) {
  const [first, ...rest] = id.split("/");
  const name = LOCALES.includes(first) ? rest.join("/") : id === "index" ? "" : id;
  const pages = new Map((await getCollection("docs")).map((page) => [page.id, page.data]));
  return [undefined, ...LOCALES]
    .map((locale) => ({ locale, steps: [locale, name].filter(Boolean) }))
    .map(({ locale, steps }) => ({ locale, page: pages.get(steps.join("/") || "index"), path: `/${[...steps, ""].join("/")}` }))
    .filter(({ page }) => page)
    .map(({ locale, page, path }) => ({
      locale,
      lang: config.locales[locale ?? "root"].lang,
      path,
      href: new URL(path, site).href,
      noindex: Boolean(page.noindex),
    }));
}

export { LOCALES };
