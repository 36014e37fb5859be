// Which pages have a translation, for docusaurus.config.js: sitemaps and feeds without pages that show the original.

const fs = require("node:fs");

const PAGES = "src/data/tarjuma.json";
const posts = fs.existsSync(PAGES) ? Object.values(JSON.parse(fs.readFileSync(PAGES, "utf8")).posts) : [];

// Whether what stands at an address is in the language that is built; baseUrl ends in the language.
function isTranslated(pathname, { baseUrl, i18n }) {
  const locale = i18n.locales.find((code) => baseUrl.endsWith(`/${code}/`)) ?? i18n.defaultLocale;
  const path = `/${pathname.slice(baseUrl.length)}`.replace(/(.)\/$/, "$1");
  const post = posts.find((each) => each["x-default"] === path);
  return !post || locale in post.pages;
}

async function createSitemapItems({ defaultCreateSitemapItems, ...rest }) {
  const items = await defaultCreateSitemapItems(rest);
  return items.filter((item) => isTranslated(new URL(item.url).pathname, rest.siteConfig));
}

async function createFeedItems({ blogPosts, defaultCreateFeedItems, ...rest }) {
  const found = blogPosts.filter((post) => isTranslated(post.metadata.permalink, rest.siteConfig));
  return defaultCreateFeedItems({ blogPosts: found, ...rest });
}

module.exports = { createSitemapItems, createFeedItems };
