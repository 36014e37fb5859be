// Links a page with the translations that it has, where Starlight names every language of the site; tells readers when a
// page is a machine's work, unfinished or out of date; keeps such pages out of search engines. The words are yours to
// change.

import { defineRouteMiddleware } from "@astrojs/starlight/route-data";
import { translations } from "./translations.js";

const TEXTS = @TEXTS@;

export const onRequest = defineRouteMiddleware(async (context) => {
  const route = context.locals.starlightRoute;
  const found = await translations(route.id, context.site);
  const own = found.find(({ locale }) => locale === route.locale);
  const isListed = Boolean(own) && !own.noindex;
  context.locals.l10n = found;

  const heads = route.head.filter(({ attrs }) => !(attrs?.rel === "alternate" && attrs.hreflang));
  const link = (hreflang, href) => ({ tag: "link", attrs: { rel: "alternate", hreflang, href }, content: "" });
  const listed = isListed ? found.filter(({ noindex }) => !noindex) : [];
  heads.push(...listed.map(({ lang, href }) => link(lang, href)));
  heads.push(...listed.filter(({ locale }) => !locale).map(({ href }) => link("x-default", href)));
  if (found.length && !isListed) {
    heads.push({ tag: "meta", attrs: { name: "robots", content: "noindex" }, content: "" });
  }
  route.head = heads;

  const state = route.isFallback ? "fallback" : route.entry.data.l10n?.state;
  const words = TEXTS[route.locale] ?? TEXTS.en;
  const original = found.find(({ locale }) => !locale);
  if (words[state] && original) {
    const told = `${words[state]} <a href="${original.path}" hreflang="${original.lang}">${words.original}</a>`;
    const content = `<aside class="l10n l10n-${state}" role="note">${told}</aside>`;
    route.entry = { ...route.entry, data: { ...route.entry.data, banner: { content } } };
  }
});
