import * as v from "valibot";
import type { MappingSchema } from "./mapping.ts";
import { flag, language, text } from "./values.ts";

/** The schema of the front matter of the publisher's own pages, which docs/writing.md describes. */
export const pageSchema = {
  entries: {
    title: text,
    summary: v.exactOptional(text),
    language: v.exactOptional(language),
    draft: v.exactOptional(flag),
  },
  hints: { title: "Name the page." },
  foreignNames: new Map([
    ["description", "summary"],
    ["excerpt", "summary"],
    ["lang", "language"],
  ]),
} satisfies MappingSchema<v.ObjectEntries>;

/** Valid front matter of a page. */
export type PageData = v.InferOutput<v.ObjectSchema<typeof pageSchema.entries, undefined>>;
