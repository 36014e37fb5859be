// Tells readers when a page is a machine's work, unfinished or out of date, in place of Docusaurus' "Unlisted page".
// The words are yours to change.

import React from "react";
import Head from "@docusaurus/Head";
import useDocusaurusContext from "@docusaurus/useDocusaurusContext";
import ContentVisibility from "@theme-original/ContentVisibility";
import { useTranslations } from "@site/src/l10n";

const TEXTS = @TEXTS@;

export default function ContentVisibilityWrapper(props) {
  const { i18n } = useDocusaurusContext();
  const translations = useTranslations();
  const { frontMatter, unlisted } = props.metadata;
  const isFallback = !translations.some(({ locale }) => locale === i18n.currentLocale);
  const state = isFallback ? "fallback" : frontMatter.l10n?.state;
  const words = TEXTS[i18n.currentLocale] ?? TEXTS.en;
  const original = translations.find(({ locale }) => locale === i18n.defaultLocale);
  if (!words[state]) {
    return <ContentVisibility {...props} />;
  }
  return (
    <>
      <Head>{unlisted && <meta name="robots" content="noindex, nofollow" />}</Head>
      <aside className={`alert alert--warning margin-bottom--md l10n l10n-${state}`} role="note">
        {words[state]}{" "}
        <a href={original.path} hrefLang={original.lang}>
          {words.original}
        </a>
      </aside>
    </>
  );
}
