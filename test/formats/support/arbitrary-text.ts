import fc from "fast-check";

/** Text that breaks feeds in practice: markup, references, CDATA, direction marks, combining marks, emoji. */
const DIFFICULT = [
  ...["]]>", "]]>]]>", "<![CDATA[", "<b>bold</b>", "</title>", "<!-- no -->", "<?php ?>", "<script>", "a < b > c"],
  ...[
    "&",
    "&amp;",
    "&lt;",
    "&nbsp;",
    "&#x26;",
    "&#38;",
    "&copy",
    "AT&T",
    '"',
    "'",
    "“”",
    "\\",
    "{}",
    "[x](y)",
    "*a*",
    "`c`",
  ],
  ...[
    "\u202eabc\u202c",
    "\u200f",
    "שלום",
    "مرحبا بالعالم",
    "e\u0301",
    "Z\u0351\u036b\u0343",
    "क्षि",
    "👩‍👩‍👧‍👦",
    "🇮🇶",
    "𝕏",
    "\u{1f468}🏽",
  ],
  ...[
    "\u00a0",
    "\u2028",
    "\u0085",
    "\u00ad",
    "\ufeff",
    "\u3000",
    "\u{10fffd}",
    "ß",
    "İ",
    "漢字",
    "-",
    "%20",
    "#",
    "?a=1&b=2",
  ],
];

const NOT_IN_XML = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu;

const anyString = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.array(fc.constantFrom(...DIFFICULT), { minLength: 1, maxLength: 5 }).map((parts) => parts.join(" ")),
  },
  { weight: 2, arbitrary: fc.string({ unit: "grapheme", maxLength: 40 }) },
  { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 40 }).map((text) => text.replace(NOT_IN_XML, "")) },
);

// To the compiler, text of white space, controls and format characters alone is empty.
const isBlank = (text: string): boolean => !/[^\s\p{C}]/u.test(text);

/** Text in full Unicode that XML can carry and of which something can be seen. */
export const arbitraryText = anyString.filter((text) => !isBlank(text));

/** Text that has a letter, so that a key for URLs can be made of it. */
export const arbitraryName = fc.tuple(arbitraryText, fc.nat({ max: 99 })).map(([text, number]) => `${text} n${number}`);

/** An absolute http(s) URL with a query and odd characters. */
export const arbitraryUrl = fc
  .tuple(
    fc.constantFrom("https://example.org", "http://example.net:8080", "https://münchen.example"),
    fc.array(fc.webSegment(), { maxLength: 3 }),
    fc.option(fc.constantFrom("a=1&b=2", "q=%3Cb%3E&amp;c", "x='\"<>", "ü=ß")),
    fc.option(fc.webFragments()),
  )
  .map(
    ([origin, path, query, fragment]) =>
      `${origin}/${path.join("/")}${query === null ? "" : `?${query}`}${fragment === null ? "" : `#${fragment}`}`,
  );

const FIRST = Date.UTC(1000, 0, 3) / 1000;
const LAST = Date.UTC(9990, 0, 1) / 1000;

/** Seconds since 1970, mostly of our time. */
export const arbitrarySecond = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: Date.UTC(1999, 0, 1) / 1000, max: Date.UTC(2027, 0, 1) / 1000 }) },
  { weight: 1, arbitrary: fc.integer({ min: FIRST, max: LAST }) },
);

const pad = (number: number): string => String(number).padStart(2, "0");

/** RFC 3339 spellings of one time: any zone, fractions, lower case, a space for the T. */
export const arbitrarySpelling = fc
  .record({
    minutes: fc.integer({ min: -14 * 60, max: 14 * 60 }),
    isUtc: fc.boolean(),
    fraction: fc.constantFrom("", ".0", ".000000"),
    between: fc.constantFrom("T", "t", " "),
    zulu: fc.constantFrom("Z", "z", "+00:00", "-00:00"),
  })
  .map(({ minutes, isUtc, fraction, between, zulu }) => (second: number): string => {
    const shift = isUtc ? 0 : minutes;
    const local = new Date((second + shift * 60) * 1000).toISOString().slice(0, 19).replace("T", between);
    const distance = Math.abs(shift);
    const zone = isUtc ? zulu : `${shift < 0 ? "-" : "+"}${pad(Math.floor(distance / 60))}:${pad(distance % 60)}`;
    return `${local}${fraction}${zone}`;
  });
