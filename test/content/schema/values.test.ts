import * as v from "valibot";
import { describe, expect, it } from "vitest";
import { PLACEHOLDER_ORIGIN_RESERVED } from "../../../src/content/references/placeholder-origin.ts";
import {
  flag,
  id,
  instant,
  key,
  language,
  list,
  mediaType,
  text,
  textOrEmpty,
  timeZone,
  url,
  wholeNumber,
} from "../../../src/content/schema/values.ts";

/** What a schema makes of a value, or the first message. */
const outcomeOf = (schema: v.GenericSchema, value: unknown): unknown => {
  const result = v.safeParse(schema, value);
  return result.success ? [result.output] : result.issues[0].message;
};

const NO_VALUE = "has no value. Write one, or delete it.";
const TEXT = "must be text. Put it in quotes.";
const EMPTY = "must not be empty. Write some text.";
const INVISIBLE = "has no visible character. Write some text, or delete it.";
const URL_MESSAGE = "must be an absolute http or https URL, such as https://example.org/.";
const SECRET = "must not hold a user name or password: everyone could read it. Delete it.";
const ID = "must be an absolute IRI without spaces, such as tag:example.org,2026:my-story. It never changes.";
const NO_HOST = "is no web address: write it whole, such as https://example.org/my-story, or as a tag: URI.";
const KEY = "must be a name for URLs: letters, digits, - . _ ~ and no spaces.";
const WHOLE = "must be a whole number from 2 to 4.";

describe("a value of site.yaml or front matter", () => {
  it.each<readonly [string, v.GenericSchema, unknown, unknown]>([
    ["text", text, " a\t\n b\r\u{85}\u{2028}\u{2029}c ", ["a b c"]],
    ["text", text, "a\u{A0} b", ["a\u{A0} b"]],
    ["text", text, "", EMPTY],
    ["text", text, " \u{A0}\u{200B}\n", EMPTY],
    ["text", text, 1, TEXT],
    ["text", text, null, NO_VALUE],
    ["text or nothing", textOrEmpty, "", [""]],
    ["text or nothing", textOrEmpty, " \n", [""]],
    ["text or nothing", textOrEmpty, " a\nb ", ["a b"]],
    ["text or nothing", textOrEmpty, "\u{200B}", INVISIBLE],
    ["text or nothing", textOrEmpty, "\u{2800}", INVISIBLE],
    ["text or nothing", textOrEmpty, "\u{3164}", INVISIBLE],
    ["text or nothing", textOrEmpty, null, NO_VALUE],
    ["a URL", url, " HTTPS://Example.org/%7ea?b#c ", ["https://example.org/%7ea?b#c"]],
    ["a URL", url, "http://example.org", ["http://example.org/"]],
    ["a URL", url, "https:example.org", URL_MESSAGE],
    ["a URL", url, "https:/example.org", URL_MESSAGE],
    ["a URL", url, "ftp://example.org/", URL_MESSAGE],
    ["a URL", url, "/x", URL_MESSAGE],
    ["a URL", url, "https://", URL_MESSAGE],
    ["a URL", url, "https://user@example.org/", SECRET],
    ["a URL", url, "https://:word@example.org/", SECRET],
    ["a URL", url, "https://@example.org/", ["https://example.org/"]],
    ["a URL", url, "https://feedwright.invalid/", `can't be this address: ${PLACEHOLDER_ORIGIN_RESERVED}`],
    ["a language", language, "de-at", ["de-AT"]],
    ["a language", language, "ZH-hant-tw", ["zh-Hant-TW"]],
    ["a language", language, "german_x", 'is no language tag. Write one such as "en" or "pt-BR" (BCP 47).'],
    ["a language", language, false, 'must be a language tag in quotes, such as "en" or "pt-BR".'],
    ["a time zone", timeZone, " Europe/Berlin ", ["Europe/Berlin"]],
    ["a time zone", timeZone, "new york", "is no time zone of the IANA database. Did you mean `America/New_York`?"],
    ["a time zone", timeZone, "Europe/Berln", "is no time zone of the IANA database. Did you mean `Europe/Berlin`?"],
    [
      "a time zone",
      timeZone,
      "nowhere at all",
      "is no time zone of the IANA database. Write one such as Europe/Berlin.",
    ],
    ["an id", id, "tag:example.org,2026:é", ["tag:example.org,2026:é"]],
    ["an id", id, "HTTPS://example.org/x", ["HTTPS://example.org/x"]],
    ["an id", id, "urn:x", ["urn:x"]],
    ["an id", id, "x", ID],
    ["an id", id, "1x:y", ID],
    ["an id", id, "x:", ID],
    ["an id", id, "x:a b", ID],
    ...Array.from('<>"{}|\\^`', (sign): readonly [string, v.GenericSchema, unknown, unknown] => [
      "an id",
      id,
      `x:${sign}`,
      ID,
    ]),
    ["an id", id, "https:example.org", NO_HOST],
    ["an id", id, "https://", NO_HOST],
    ["an id", id, "http:///x", NO_HOST],
    ["an id", id, "http://?x", NO_HOST],
    ["a key", key, "Cafe\u{301}-1.a_b~c", ["Café-1.a_b~c"]],
    ["a key", key, "१", ["१"]],
    ["a key", key, "हिन्दी", ["हिन्दी"]],
    ...["", "-a", ".a", "_a", "~a", "a b", "a/b", "a+b", "a\n"].map(
      (value): readonly [string, v.GenericSchema, unknown, unknown] => ["a key", key, value, KEY],
    ),
    ["a media type", mediaType, 'a.b+c/d-e; f="g h"', ['a.b+c/d-e; f="g h"']],
    ["a media type", mediaType, "a/b;c", "must be a media type, such as audio/mpeg."],
    ["a media type", mediaType, " a/b", "must be a media type, such as audio/mpeg."],
    ["a list", list(text), [" a", "b"], [["a", "b"]]],
    ["a list", list(text), [], [[]]],
    ["a list", list(text), "a", "must be a list, such as [one, two]."],
    ["a list", list(text), null, NO_VALUE],
    ["a date", instant, "2026-11-22T18:00:00Z", [Date.UTC(2026, 10, 22, 18)]],
    ["a date", instant, 2026, "must be a date with a time and a zone, such as 2026-11-22T18:00:00Z."],
    ["a date", instant, null, NO_VALUE],
    ["a number", wholeNumber(2, 4), 2, [2]],
    ["a number", wholeNumber(2, 4), 4, [4]],
    ["a number", wholeNumber(2, 4), 1, WHOLE],
    ["a number", wholeNumber(2, 4), 5, WHOLE],
    ["a number", wholeNumber(2, 4), 2.5, WHOLE],
    ["a number", wholeNumber(2, 4), "3", WHOLE],
    ["a number", wholeNumber(2, 4), null, NO_VALUE],
    ["a switch", flag, true, [true]],
    ["a switch", flag, "true", "must be true or false."],
    ["a switch", flag, null, NO_VALUE],
  ])("%s is checked", (_, schema, value, outcome) => {
    expect(outcomeOf(schema, value)).toEqual(outcome);
  });
});
