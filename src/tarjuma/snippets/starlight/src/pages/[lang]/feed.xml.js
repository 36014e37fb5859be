// The feed of each language.

import { LOCALES } from "../../l10n/translations.js";

export { GET } from "../../l10n/feed.js";
export const getStaticPaths = () => LOCALES.map((lang) => ({ params: { lang } }));
