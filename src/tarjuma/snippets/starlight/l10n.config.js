// Which addresses search engines get, for astro.config.mjs: sitemap({ filter: isListed }).

import { existsSync, readFileSync } from "node:fs";

const PAGES = "src/data/tarjuma.json";
const UNFINISHED = ["mixed", "mt", "fallback"];
const posts = existsSync(PAGES) ? Object.values(JSON.parse(readFileSync(PAGES, "utf8")).posts) : [];
const known = new Set(posts.map((post) => post["x-default"]));
const listed = new Set(
  posts.flatMap(({ pages }) => Object.values(pages).filter(({ state }) => !UNFINISHED.includes(state)).map(({ url }) => url)),
);

// Not a page that is unfinished, nor one that shows the original in place of a translation.
export function isListed(address) {
  const { pathname } = new URL(address);
  return listed.has(pathname) || !known.has(pathname.replace(/^\/[^/]+\//, "/"));
}
