// Links a page with the translations that it has, where Docusaurus names every language of the site. A page that shows
// the original in place of a translation is kept out of search engines; Docusaurus does so with unfinished ones.

import React from "react";
import Head from "@docusaurus/Head";
import useDocusaurusContext from "@docusaurus/useDocusaurusContext";
import { useLocation } from "@docusaurus/router";
import { PageMetadata, useThemeConfig } from "@docusaurus/theme-common";
import { DEFAULT_SEARCH_TAG } from "@docusaurus/theme-common/internal";
import { applyTrailingSlash } from "@docusaurus/utils-common";
import SearchMetadata from "@theme/SearchMetadata";
import { useTranslations } from "@site/src/l10n";

export default function SiteMetadata() {
  const { i18n, siteConfig } = useDocusaurusContext();
  const { metadata, image } = useThemeConfig();
  const { pathname } = useLocation();
  const translations = useTranslations();
  const own = translations.find(({ locale }) => locale === i18n.currentLocale);
  const listed = own?.isListed ? translations.filter(({ isListed }) => isListed) : [];
  const canonical = siteConfig.url + applyTrailingSlash(pathname, siteConfig);
  return (
    <>
      <Head>
        <meta name="twitter:card" content="summary_large_image" />
        <body />
      </Head>
      {image && <PageMetadata image={image} />}
      <Head>
        <meta property="og:url" content={canonical} />
        <link rel="canonical" href={canonical} />
        <meta property="og:locale" content={i18n.localeConfigs[i18n.currentLocale].htmlLang.replace("-", "_")} />
        {!own && <meta name="robots" content="noindex, nofollow" />}
        {listed.map(({ locale, lang, href }) => (
          <link key={locale} rel="alternate" hrefLang={lang} href={href} />
        ))}
        {listed
          .filter(({ locale }) => locale === i18n.defaultLocale)
          .map(({ href }) => (
            <link key="x-default" rel="alternate" hrefLang="x-default" href={href} />
          ))}
      </Head>
      <SearchMetadata tag={DEFAULT_SEARCH_TAG} locale={i18n.currentLocale} />
      <Head>
        {metadata.map((each, number) => (
          <meta key={number} {...each} />
        ))}
      </Head>
    </>
  );
}
