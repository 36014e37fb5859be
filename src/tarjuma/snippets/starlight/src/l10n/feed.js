// A feed of the pages that have a date, without unfinished ones, the newest first.

import { getCollection } from "astro:content";
import config from "virtual:starlight/user-config";
import { LOCALES } from "./translations.js";

const escaped = (text) => text.replace(/[&<>"]/g, (sign) => `&#${sign.codePointAt(0)};`);

export async function GET({ params, site, url }) {
  const locale = params.lang;
  const isOwn = ({ id }) => (locale ? id.startsWith(`${locale}/`) : !LOCALES.includes(id.split("/")[0]));
  const pages = (await getCollection("docs"))
    .filter((page) => page.data.date && !page.data.noindex && isOwn(page))
    .sort((one, other) => other.data.date - one.data.date)
    .slice(0, 50);
  const entries = pages.map(({ id, data }) => {
    const href = new URL(`/${id}/`, site).href;
    return `  <entry>
    <title>${escaped(data.title)}</title>
    <link href="${href}"/>
    <id>${href}</id>
    <updated>${data.date.toISOString()}</updated>
    <summary>${escaped(data.description ?? "")}</summary>
  </entry>`;
  });
  const title = typeof config.title === "string" ? config.title : (config.title[locale] ?? Object.values(config.title)[0]);
  const self = new URL(url.pathname, site).href;
  const feed = `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${config.locales[locale ?? "root"].lang}">
  <title>${escaped(title)}</title>
  <link rel="self" href="${self}"/>
  <id>${self}</id>
  <author><name>${escaped(title)}</name></author>
  <updated>${(pages[0]?.data.date ?? new Date(0)).toISOString()}</updated>
${entries.join("\n")}
</feed>
`;
  return new Response(feed, { headers: { "Content-Type": "application/atom+xml" } });
}
