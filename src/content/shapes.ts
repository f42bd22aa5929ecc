import leven from "leven";
import * as v from "valibot";
import type { Instant } from "../model/instant.ts";

// The values that front matter and site.yaml share. A message continues the sentence that begins
// with the key's name: "`title` must be …".

const MUST_BE_TEXT = "must be text. Put it in quotes.";

/** Plain text as one line: line breaks and tabs become spaces, the ends are trimmed. */
export const oneLine = (text: string): string => text.replace(/[\t\n\r ]+/g, " ").trim();

/** Plain text on one line, not empty. */
export const text = v.pipe(
  v.string(MUST_BE_TEXT),
  v.transform(oneLine),
  v.nonEmpty("must not be empty. Write some text."),
);

/** Plain text on one line that may be empty. */
export const anyText = v.pipe(v.string(MUST_BE_TEXT), v.transform(oneLine));

const isWeb = (url: URL): boolean => url.protocol === "https:" || url.protocol === "http:";

/** An http or https URL, normalised. */
export const url = v.pipe(
  v.string(MUST_BE_TEXT),
  v.check(
    (value) => URL.canParse(value) && isWeb(new URL(value)),
    "must be an absolute URL, such as https://example.org/.",
  ),
  v.transform((value) => new URL(value).href),
);

/** BCP 47 language tag, in its canonical spelling. */
export const language = v.pipe(
  v.string('must be a language tag in quotes, such as "en" or "pt-BR".'),
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
  v.string(MUST_BE_TEXT),
  v.regex(
    /^[a-z][a-z0-9+.-]*:[^\s<>"{}|\\^`]+$/i,
    "must be an absolute IRI without spaces, such as tag:example.org,2026:my-story. It never changes.",
  ),
);

/** What may stand in a URL as the name of a story, tag, author or section. */
export const key = v.pipe(
  v.string(MUST_BE_TEXT),
  v.regex(
    /^[\p{L}\p{N}][\p{L}\p{M}\p{N}._~-]{0,199}$/u,
    "must be a name for URLs: letters, digits, - . _ ~ and no spaces.",
  ),
  v.transform((value) => value.normalize("NFC")),
);

/** A list. */
export const list = <const Entry extends v.GenericSchema>(entry: Entry) =>
  v.array(entry, "must be a list, such as [one, two].");

const RFC_3339 = /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d):(\d\d)(?:\.(\d+))?(Z|[+-]\d\d:\d\d)?$/i;

/** A RFC 3339 date with time and zone as an Instant, or a sentence that says what is wrong with it. */
export const readInstant = (value: string): Instant | string => {
  const match = RFC_3339.exec(value.trim());
  if (match === null) {
    return "is not a date with a time and a zone. Write it like 2026-11-22T18:00:00Z (RFC 3339).";
  }
  const [, year, month, day, hour, minute, second, fraction = "", zone] = match;
  if (zone === undefined) return `has no time zone. Add Z for UTC, or an offset such as +01:00: ${value.trim()}Z.`;
  const local = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  const isReal = !Number.isNaN(local) && new Date(local).toISOString().startsWith(`${year}-${month}-${day}T${hour}:`);
  const withZone = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}${zone.toUpperCase()}`);
  if (!isReal || Number.isNaN(withZone)) return "is a date that does not exist. Check month, day, hour and zone.";
  // Rounded up, so that an embargo never lifts a fraction of a second early.
  const instant = withZone + (/[1-9]/.test(fraction) ? 1000 : 0);
  const utcYear = new Date(instant).getUTCFullYear();
  return utcYear >= 1000 && utcYear <= 9999 ? instant : "is out of range. Years from 1000 to 9999 can be published.";
};

/** A RFC 3339 date with time and zone. */
export const instant = v.pipe(
  v.string("must be a date in text, such as 2026-11-22T18:00:00Z."),
  v.rawTransform(({ dataset, addIssue, NEVER }) => {
    const result = readInstant(dataset.value);
    if (typeof result === "number") return result;
    addIssue({ message: result });
    return NEVER;
  }),
);

/** A whole number within bounds. */
export const whole = (least: number, most: number) => {
  const message = `must be a whole number from ${least} to ${most}.`;
  return v.pipe(v.number(message), v.integer(message), v.minValue(least, message), v.maxValue(most, message));
};

/** Yes or no. */
export const flag = v.boolean("must be true or false.");

const suggestion = (unknown: string, known: readonly string[]): string => {
  const distances = known.map((name) => ({ name, distance: leven(unknown.toLowerCase(), name.toLowerCase()) }));
  const nearest = distances.sort((a, b) => a.distance - b.distance)[0];
  return nearest !== undefined && nearest.distance <= 2
    ? `Did you mean \`${nearest.name}\`?`
    : `Known keys: ${known.join(", ")}.`;
};

/** A mapping that knows just these keys. `hints` says what to write for one that must be there. */
export const mapping = <const Entries extends v.ObjectEntries>(
  entries: Entries,
  hints: Readonly<Record<string, string>> = {},
) =>
  v.strictObject(entries, ({ expected, received, path }) => {
    const key = String(path?.at(-1)?.key);
    if (expected === "never") return `is not a known key. ${suggestion(key, Object.keys(entries))}`;
    if (expected === "Object") return "must be a mapping of keys and values, such as { src: media/x.jpg }.";
    return received === "undefined" ? `is missing. ${hints[key] ?? "Add it."}` : "is not as expected.";
  });
