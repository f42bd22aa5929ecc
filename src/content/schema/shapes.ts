import * as v from "valibot";
import { containsPlaceholderOrigin, PLACEHOLDER_ORIGIN_RESERVED } from "../references/placeholder-origin.ts";
import { expected } from "./expected.ts";
import { readInstant } from "./read-instant.ts";

// The values that front matter and site.yaml share. A message continues the sentence that begins
// with the key's name: "`title` must be …".

const aText = v.string(expected("must be text. Put it in quotes."));

/** Plain text as one line: line breaks and tabs become spaces, the ends are trimmed. */
export const oneLine = (text: string): string => text.replace(/[\t\n\r\u{85}\u{2028}\u{2029} ]+/gu, " ").trim();

/** Plain text on one line in which something can be seen. */
export const text = v.pipe(aText, v.transform(oneLine), v.regex(/[^\s\p{Cf}]/u, "must not be empty. Write some text."));

/** Plain text on one line that may be empty. */
export const anyText = v.pipe(aText, v.transform(oneLine));

const isWeb = (url: URL): boolean => url.protocol === "https:" || url.protocol === "http:";

/** An http or https URL, normalised; `message` for what is none. */
export const urlOr = (message: string) =>
  v.pipe(
    aText,
    v.check((value) => URL.canParse(value) && isWeb(new URL(value)) && /^\s*https?:\/\//i.test(value), message),
    v.rawTransform(({ dataset, addIssue, NEVER }) => {
      const { href, username, password } = new URL(dataset.value);
      if (username !== "" || password !== "") {
        addIssue({ message: "must not hold a user name or password: everyone could read it. Delete it." });
        return NEVER;
      }
      if (!containsPlaceholderOrigin(href)) return href;
      addIssue({ message: `can't be this address: ${PLACEHOLDER_ORIGIN_RESERVED}` });
      return NEVER;
    }),
  );

/** An http or https URL, normalised. */
export const url = urlOr("must be an absolute http or https URL, such as https://example.org/.");

/** BCP 47 language tag, in its canonical spelling. */
export const language = v.pipe(
  v.string(expected('must be a language tag in quotes, such as "en" or "pt-BR".')),
  v.rawTransform(({ dataset, addIssue, NEVER }) => {
    try {
      return Intl.getCanonicalLocales(dataset.value)[0] ?? NEVER;
    } catch {
      addIssue({ message: 'is no language tag. Write one such as "en" or "pt-BR" (BCP 47).' });
      return NEVER;
    }
  }),
);

/** An IRI that may serve as an id for ever (RFC 4287 §4.2.6): absolute, without white space. */
export const id = v.pipe(
  aText,
  v.regex(
    /^[a-z][a-z0-9+.-]*:[^\s<>"{}|\\^`]+$/i,
    "must be an absolute IRI without spaces, such as tag:example.org,2026:my-story. It never changes.",
  ),
  v.check(
    (value) => !/^https?:/i.test(value) || (URL.canParse(value) && /^https?:\/\/[^/?#]/i.test(value)),
    "is no web address: write it whole, such as https://example.org/my-story, or as a tag: URI.",
  ),
);

/** What may stand in a URL as the name of a story, tag, author or section. */
export const key = v.pipe(
  aText,
  v.transform((value) => value.normalize("NFC")),
  v.regex(
    /^[\p{L}\p{N}][\p{L}\p{M}\p{N}._~-]{0,199}$/u,
    "must be a name for URLs: letters, digits, - . _ ~ and no spaces.",
  ),
);

/** A MIME type, such as audio/mpeg or video/mp4; codecs="avc1.4d401e, mp4a.40.2" (RFC 9110 §8.3.1). */
export const mediaType = v.pipe(
  aText,
  v.regex(
    /^[\w.+-]+\/[\w.+-]+(?:\s*;\s*[\w-]+=(?:[\w.+-]+|"[\x20\x21\x23-\x5b\x5d-\x7e]*"))*$/,
    "must be a media type, such as audio/mpeg.",
  ),
);

const MAX_ENTRIES = 100;

/** A list of a hundred entries at most. */
export const list = <const Entry extends v.GenericSchema>(entry: Entry) =>
  v.pipe(
    v.array(entry, expected("must be a list, such as [one, two].")),
    v.maxLength(MAX_ENTRIES, `must have ${MAX_ENTRIES} entries at most. Leave some out.`),
  );

/** A RFC 3339 date with time and zone. */
export const instant = v.pipe(
  v.string(expected("must be a date with a time and a zone, such as 2026-11-22T18:00:00Z.")),
  v.rawTransform(({ dataset, addIssue, NEVER }) => {
    const result = readInstant(dataset.value);
    if (typeof result === "number") return result;
    addIssue({ message: result });
    return NEVER;
  }),
);

/** A whole number within bounds. */
export const whole = (least: number, max: number) => {
  const message = `must be a whole number from ${least} to ${max}.`;
  return v.pipe(v.number(expected(message)), v.integer(message), v.minValue(least, message), v.maxValue(max, message));
};

/** Yes or no. */
export const flag = v.boolean(expected("must be true or false."));
