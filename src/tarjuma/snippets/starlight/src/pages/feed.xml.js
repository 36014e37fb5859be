// The feed of the original's language; those of the others are made by src/pages/[lang]/feed.xml.js.

export { GET } from "../l10n/feed.js";
