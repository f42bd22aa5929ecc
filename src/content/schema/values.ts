import * as v from "valibot";
import { suggest } from "../messages/suggest.ts";
import { containsPlaceholderOrigin, PLACEHOLDER_ORIGIN_RESERVED } from "../references/placeholder-origin.ts";
import { isTimeZone } from "../time-zone.ts";
import { isVisible } from "../visible-text.ts";
import { parseInstant } from "./parse-instant.ts";

// valibot schemas of the values that front matter and site.yaml share. A message continues the sentence that begins with
// the key's name: "`title` must be …".

/** The message for a value of the wrong type, or another one for a key that has no value at all. */
export const expected =
  (message: string) =>
  ({ received }: { readonly received: string }): string =>
    received === "null" ? "has no value. Write one, or delete it." : message;

const anyText = v.string(expected("must be text. Put it in quotes."));

/** Text as one line: runs of spaces, tabs and line breaks become one space, none is left at the ends. */
export const normalizeWhitespace = (text: string): string =>
  text.replace(/[\t\n\r\u{85}\u{2028}\u{2029} ]+/gu, " ").trim();

/** Plain text on one line, with at least one visible character. */
export const text = v.pipe(
  anyText,
  v.transform(normalizeWhitespace),
  v.regex(/[^\s\p{Cf}]/u, "must not be empty. Write some text."),
);

/** Plain text on one line that may be empty, but does not pretend to say something. */
export const textOrEmpty = v.pipe(
  anyText,
  v.transform(normalizeWhitespace),
  v.check((value) => value === "" || isVisible(value), "has no visible character. Write some text, or delete it."),
);

const isWebUrl = (url: URL): boolean => url.protocol === "https:" || url.protocol === "http:";

/** An http or https URL, normalised. `message` is for values that are none. */
export const webUrl = (message: string) =>
  v.pipe(
    anyText,
    v.check((value) => URL.canParse(value) && isWebUrl(new URL(value)) && /^\s*https?:\/\//i.test(value), message),
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
export const url = webUrl("must be an absolute http or https URL, such as https://example.org/.");

/** A BCP 47 language tag, in its canonical spelling. */
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

/** The message for a text that names no time zone; a city alone, such as "New York", is recognized. */
const notATimeZone = (name: string): string => {
  const known = Intl.supportedValuesOf("timeZone");
  const spelled = name.replaceAll(" ", "_").toLowerCase();
  const ofCity = known.find((zone) => zone.toLowerCase().endsWith(`/${spelled}`));
  const advice = suggest(ofCity ?? spelled, known) || " Write one such as Europe/Berlin.";
  return `is no time zone of the IANA database.${advice}`;
};

/** The name of a time zone in the IANA database. */
export const timeZone = v.pipe(
  text,
  v.check(isTimeZone, ({ input }) => notATimeZone(input)),
);

/** An IRI that can serve as a permanent id (RFC 4287 §4.2.6): absolute, without white space. */
export const id = v.pipe(
  anyText,
  v.regex(
    /^[a-z][a-z0-9+.-]*:[^\s<>"{}|\\^`]+$/i,
    "must be an absolute IRI without spaces, such as tag:example.org,2026:my-story. It never changes.",
  ),
  v.check(
    (value) => !/^https?:/i.test(value) || (URL.canParse(value) && /^https?:\/\/[^/?#]/i.test(value)),
    "is no web address: write it whole, such as https://example.org/my-story, or as a tag: URI.",
  ),
);

/** The name of a story, tag, author or section in URLs, in normalization form C. */
export const key = v.pipe(
  anyText,
  v.transform((value) => value.normalize("NFC")),
  v.regex(
    /^[\p{L}\p{N}][\p{L}\p{M}\p{N}._~-]{0,199}$/u,
    "must be a name for URLs: letters, digits, - . _ ~ and no spaces.",
  ),
);

/** A MIME type, such as audio/mpeg or video/mp4; codecs="avc1.4d401e, mp4a.40.2" (RFC 9110 §8.3.1). */
export const mediaType = v.pipe(
  anyText,
  v.regex(
    /^[\w.+-]+\/[\w.+-]+(?:\s*;\s*[\w-]+=(?:[\w.+-]+|"[\x20\x21\x23-\x5b\x5d-\x7e]*"))*$/,
    "must be a media type, such as audio/mpeg.",
  ),
);

const MAX_ENTRIES = 100;

/** A list of at most MAX_ENTRIES entries. */
export const list = <const Entry extends v.GenericSchema>(entry: Entry) =>
  v.pipe(
    v.array(entry, expected("must be a list, such as [one, two].")),
    v.maxLength(MAX_ENTRIES, `must have ${MAX_ENTRIES} entries at most. Leave some out.`),
  );

/** An RFC 3339 date with time and zone, as an Instant. */
export const instant = v.pipe(
  v.string(expected("must be a date with a time and a zone, such as 2026-11-22T18:00:00Z.")),
  v.rawTransform(({ dataset, addIssue, NEVER }) => {
    const result = parseInstant(dataset.value);
    if (typeof result === "number") return result;
    addIssue({ message: result });
    return NEVER;
  }),
);

/** A whole number from `min` to `max`. */
export const wholeNumber = (min: number, max: number) => {
  const message = `must be a whole number from ${min} to ${max}.`;
  return v.pipe(v.number(expected(message)), v.integer(message), v.minValue(min, message), v.maxValue(max, message));
};

const YES_OR_NO = "must be yes or no.";

/** `true` or `false`, or as YAML 1.1 wrote them `yes` or `no`, in quotes or not. */
export const yesOrNo = v.pipe(
  v.union([v.boolean(), v.string()], expected(YES_OR_NO)),
  v.check((value) => /^(?:yes|no|true|false)$/i.test(String(value)), YES_OR_NO),
  v.transform((value) => /^(?:yes|true)$/i.test(String(value))),
);

/** `true` or `false`. */
export const flag = v.boolean(expected("must be true or false."));
