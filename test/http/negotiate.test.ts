import fc from "fast-check";
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
    for (const part of [",", ";", "a/b;", "a", "*", "a/", ";q=", "a/b; ; ;"]) choose(part.repeat(100_000));
  });
});
