import fc from "fast-check";
import Negotiator from "negotiator";
import { describe, expect, it } from "vitest";
import { createNegotiator } from "../../src/http/negotiate.ts";

const RSS = ["application/rss+xml", "application/xml", "text/xml"];
const ATOM = ["application/atom+xml"];
const JSON_FEED = ["application/feed+json", "application/json"];
const offers = { rss: RSS, atom: ATOM, json: JSON_FEED };

const negotiate = createNegotiator(Object.entries(offers), ([, types]) => types);

const choose = (accept: string | null): string | undefined => negotiate(accept)?.[0];

const rows: readonly (readonly [accept: string | null, chosen: keyof typeof offers | undefined])[] = [
  // No header, or nothing valid in it: the first.
  [null, "rss"],
  ["", "rss"],
  [" , ,", "rss"],
  ["*/*", "rss"],
  ["nonsense", "rss"],
  ["rss", "rss"],
  ["application/atom+xml;q=2", "rss"],
  ["application/atom+xml;q=x", "rss"],
  ["application/atom+xml;q=-1", "rss"],
  ["/xml, application/", "rss"],
  // By its own media type, or by another one that it goes by.
  ["application/atom+xml", "atom"],
  ["application/feed+json", "json"],
  ["application/json", "json"],
  ["text/xml", "rss"],
  ["APPLICATION/ATOM+XML", "atom"],
  ["application/atom+xml; charset=utf-8", "atom"],
  ["application/atom+xml;type=feed;q=0.9, application/rss+xml;q=0.8", "atom"],
  ['application/atom+xml;profile="x;y";q=1', "atom"],
  // What a quoted string holds is part of its parameter (§5.6.6).
  ['application/atom+xml;profile=";q=0"', "atom"],
  ['application/atom+xml;profile="x, application/feed+json;q=1";q=0.5, application/rss+xml;q=0.6', "rss"],
  ['application/atom+xml;profile="\\", application/feed+json;q=1";q=0.5', "atom"],
  ['text/html;profile="x, application/atom+xml"', undefined],
  ['application/atom+xml;profile="x, application/feed+json', "atom"],
  // By weight.
  ["application/rss+xml;q=0.5, application/atom+xml", "atom"],
  ["application/rss+xml;q=0.5, application/atom+xml;q=0.501", "atom"],
  ["application/rss+xml ; Q=0.5 , application/atom+xml ; q=0.6", "atom"],
  ["application/rss+xml;q=0.2, application/atom+xml;q=0.2, application/feed+json;q=0.3", "json"],
  ["application/rss+xml;q=.2, application/atom+xml;q=.3", "atom"],
  ["application/rss+xml;q=0., application/atom+xml;q=1.", "atom"],
  ["*/*;q=0.9, application/atom+xml;q=0.8", "rss"],
  ["application/feed+json;q=0.001", "json"],
  // Among equal weights the more specific range wins, then the first offer.
  ["*/*, application/feed+json", "json"],
  ["application/*, application/feed+json", "json"],
  ["application/feed+json, application/atom+xml", "atom"],
  ["text/html, application/xhtml+xml, application/xml;q=0.9, */*;q=0.8", "rss"],
  ["application/*", "rss"],
  ["text/*", "rss"],
  ["text/*;q=0.5, application/atom+xml;q=0.4", "rss"],
  // The more specific range decides about a type (§12.5.1).
  ["application/*;q=0.1, application/atom+xml;q=0.5, */*;q=0.9", "atom"],
  ["application/rss+xml;q=0.1, application/xml, application/atom+xml;q=0.5", "atom"],
  ["*/*, application/rss+xml;q=0", "atom"],
  ["*/*, application/rss+xml;q=0, application/atom+xml;q=0", "json"],
  ["*/*, application/rss+xml;q=0.0", "atom"],
  ["application/*, application/xml;q=0", "rss"],
  // Old Java clients.
  ["text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2", "rss"],
  ["*", "rss"],
  ["*;q=0.5, application/atom+xml;q=0.6", "atom"],
  ["text/html, *;q=0.5", "rss"],
  ["application/atom+xml;q=0.4, * ; q=0.5", "rss"],
  ["*;q=0, application/atom+xml;q=0.1", "atom"],
  // Nothing acceptable.
  ["text/html", undefined],
  ["image/*", undefined],
  ["*/xml", undefined],
  ["text/html, application/xhtml+xml", undefined],
  ["application/rss", undefined],
  ["application/rss+xml;q=0", undefined],
  ["*/*;q=0", undefined],
  ["*/*;q=0.000", undefined],
  ["application/*;q=0, text/*;q=0", undefined],
];

describe("choosing by Accept (RFC 9110 §12.5.1)", () => {
  it.each(rows)("%j: %s", (accept, chosen) => {
    expect(choose(accept)).toBe(chosen);
  });

  it("returns undefined if there are no offers", () => {
    const chooseFromNothing = createNegotiator([], () => []);
    expect(chooseFromNothing("*/*")).toBeUndefined();
    expect(chooseFromNothing(null)).toBeUndefined();
  });

  it("returns the same however often, and after however many other headers", () => {
    for (let round = 0; round < 3; round++) {
      for (const [accept, chosen] of rows) expect(choose(accept)).toBe(chosen);
      for (let index = 0; index < 200; index++) expect(choose(`application/atom+xml;q=0.5${index}`)).toBe("atom");
    }
  });

  it("chooses an offer of the highest weight, whatever the order of the ranges", () => {
    const qvalue = fc.integer({ min: 0, max: 1000 });
    const ranges = fc.record({ rss: qvalue, atom: qvalue, json: qvalue });
    const names = Object.entries(offers).map(([name, [type]]) => ({ name, type }));
    fc.assert(
      fc.property(ranges, fc.shuffledSubarray(names, { minLength: 3 }), (qvalues, order) => {
        const of = (name: string): number => Object.entries(qvalues).find(([key]) => key === name)?.[1] ?? 0;
        const accept = order.map(({ name, type }) => `${type};q=${(of(name) / 1000).toFixed(3)}`).join(", ");
        const chosen = choose(accept);
        const most = Math.max(...names.map(({ name }) => of(name)));
        expect(chosen === undefined ? 0 : of(chosen)).toBe(most);
        // Among equals, the order of the offers.
        if (most > 0) expect(chosen).toBe(names.find(({ name }) => of(name) === most)?.name);
      }),
    );
  });

  it("never throws, and ends, for any text", () => {
    fc.assert(fc.property(fc.string(), (accept) => void choose(accept)));
    for (const part of [",", ";", "a/b;", "a", "*", "a/", ";q=", "a/b; ; ;", '"', '\\"', "\\"])
      choose(part.repeat(100_000));
  });
});

// negotiator (as Express and others use it) as an oracle, for offers that have one media type each.

const TYPES = ["application/rss+xml", "application/atom+xml", "text/html"];

const ourChoice = createNegotiator(TYPES, (type) => [type]);

const negotiatorChoice = (accept: string | null): string | undefined =>
  new Negotiator({ headers: accept === null ? {} : { accept } }).mediaType(TYPES);

/** The first type that a range matches. Among equals the library takes the order of the ranges for a preference. */
const firstMatch = (range: string): number => TYPES.findIndex((type) => type.startsWith(range.replace(/\*.*/, "")));

describe("the media type that negotiator chooses", () => {
  const space = fc.constantFrom("", " ", "\t");
  const weighted = fc
    .tuple(
      space,
      space,
      fc.constantFrom("q", "Q"),
      fc.constantFrom("0", "0.", "0.000", "0.001", "0.25", "0.5", "1", "1.0"),
    )
    .map(([before, after, name, value]) => `${before};${after}${name}=${value}`);
  const range = fc.constantFrom(...TYPES, "*/*", "application/*", "text/*", "image/*", "image/png", "text/plain");
  const member = fc.tuple(range, fc.oneof(fc.constant(""), weighted));
  const ranges = fc.uniqueArray(member, { selector: ([name]) => name, minLength: 1 });

  it("is ours for every well-formed header without parameters, ranges named once and in the order of the offers", () => {
    fc.assert(
      fc.property(ranges, (members) => {
        const inOrder = members.toSorted(([a], [b]) => firstMatch(a) - firstMatch(b));
        const [accept, ordered] = [members, inOrder].map((list) => list.map((parts) => parts.join("")).join(", "));
        expect(ourChoice(accept ?? null)).toBe(negotiatorChoice(ordered ?? null));
      }),
      { numRuns: 2000 },
    );
    expect(ourChoice(null)).toBe(negotiatorChoice(null));
  });

  const [RSS_TYPE, ATOM_TYPE, HTML] = TYPES;

  // A row fails when the library's answer changes.
  it.each<[reason: string, accept: string, ours: string | undefined, theirs: string | undefined]>([
    ["nothing is said (§12.5.1 lets one disregard the header)", "", RSS_TYPE, undefined],
    ["nothing is valid (§12.5.1 lets one disregard the header)", "rss", RSS_TYPE, undefined],
    ["old Java clients say `*`", "*;q=0.5, image/png", RSS_TYPE, undefined],
    ["`*` with a subtype is no range (§12.5.1)", "*/html, */*;q=0.5", RSS_TYPE, HTML],
    ["a parameter, such as a charset, that no feed's media type has", "text/html;charset=utf-8", HTML, undefined],
    ["a parameter before the weight", "text/html;level=1;q=0.5, */*;q=0.4", HTML, RSS_TYPE],
    ["a parameter after the weight, an extension of RFC 7231", "text/html;q=0.5;level=1", HTML, undefined],
    ["a parameter's quoted string that holds a weight (§5.6.6)", 'text/html;a=";q=0"', HTML, undefined],
    ["a weight is a number (§12.4.2)", "text/html;q=x", RSS_TYPE, undefined],
    ["a weight is not empty (§12.4.2)", "text/html;q=", RSS_TYPE, HTML],
    ["a weight is at most 1 (§12.4.2)", "text/html;q=2, application/atom+xml", ATOM_TYPE, HTML],
    ["a weight has no exponent (§12.4.2)", "text/html;q=1e-1, application/atom+xml;q=0.05", ATOM_TYPE, HTML],
    ["a weight is not quoted (§12.4.2)", 'text/html;q="0.5", */*;q=0.4', RSS_TYPE, HTML],
    ["the order of ranges means nothing (§12.5.1)", "text/html, application/atom+xml", ATOM_TYPE, HTML],
    ["a range is named twice (§12.5.1 says nothing): the first counts", "text/html;q=0, text/html", undefined, HTML],
  ])("is another one where %s: %j", (_, accept, ours, theirs) => {
    expect(ourChoice(accept)).toBe(ours);
    expect(negotiatorChoice(accept)).toBe(theirs);
  });
});
