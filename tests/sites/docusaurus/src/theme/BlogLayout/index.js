import React from "react";
import BlogLayout from "@theme-original/BlogLayout";
import { useTranslations } from "@site/src/l10n";

export default function BlogLayoutWrapper({ children, ...props }) {
  return (
    <BlogLayout {...props}>
      <nav>
        {useTranslations().map(({ lang, path }) => (
          <a key={lang} className="language" hrefLang={lang} href={path}>
            {lang}{" "}
          </a>
        ))}
      </nav>
      {children}
    </BlogLayout>
  );
}
