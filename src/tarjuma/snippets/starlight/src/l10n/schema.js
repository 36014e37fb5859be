// The fields of a page that tarjuma writes: docsSchema({ extend: l10nSchema }).

import { z } from "astro:content";

export const l10nSchema = z.object({
  date: z.coerce.date().optional(),
  noindex: z.boolean().optional(),
  l10n: z.object({ source: z.string(), state: z.string(), percent: z.number() }).optional(),
});
