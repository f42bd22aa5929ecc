import * as v from "valibot";
import { foldName, keyOfName } from "../../model/names/name-key.ts";
import { mapping } from "./mapping.ts";
import { key, language, list, text } from "./values.ts";

/** The key of a tag or author, or the name that it is made of: `iraq` is a key, `United States` and `C++` are names. */
const keyOrName = v.pipe(
  text,
  v.transform((written) => (v.is(key, written) && foldName(written) === written ? written : keyOfName(written))),
);

/** Names by which stories are included or excluded. */
export const terms = mapping({
  sections: v.optional(list(key), []),
  tags: v.optional(list(keyOrName), []),
  authors: v.optional(list(keyOrName), []),
  languages: v.optional(list(language), []),
});
