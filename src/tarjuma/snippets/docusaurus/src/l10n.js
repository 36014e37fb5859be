// What the site knows about translations of a page: tarjuma writes them into src/data/tarjuma.json.

import { useLocation } from "@docusaurus/router";
import useDocusaurusContext from "@docusaurus/useDocusaurusContext";
import { useAlternatePageUtils } from "@docusaurus/theme-common/internal";
import pages from "@site/src/data/tarjuma.json";

const UNFINISHED = ["mixed", "mt", "fallback"];

// {locale, lang, href, path, isListed} of each language that a page is there in; of every language for other pages.
export function useTranslations() {
  const { siteConfig, i18n } = useDocusaurusContext();
  const { createUrl } = useAlternatePageUtils();
  const { pathname } = useLocation();
  const path = `/${pathname.slice(siteConfig.baseUrl.length)}`.replace(/(.)\/$/, "$1");
  const post = Object.values(pages.posts).find((each) => each["x-default"] === path);
  return i18n.locales
    .filter((locale) => !post || locale in post.pages)
    .map((locale) => ({
      locale,
      lang: i18n.localeConfigs[locale].htmlLang,
      href: createUrl({ locale, fullyQualified: true }),
      path: createUrl({ locale, fullyQualified: false }),
      isListed: !post || !UNFINISHED.includes(post.pages[locale].state),
    }));
}
