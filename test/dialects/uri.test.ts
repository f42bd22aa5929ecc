import * as fc from "fast-check";
import * as v from "valibot";
import { describe, expect, it } from "vitest";
import { id as idSchema } from "../../src/content/schema/values.ts";
import { toUri } from "../../src/dialects/uri.ts";
import { isUri } from "./schemas.ts";

const part = fc.string({
  unit: fc.constantFrom(..."[]|{}^`\\%#?&=/:@'\"<> aZ9é漢", "👩", "%41", "%zz", "//"),
  maxLength: 12,
});

describe("toUri", () => {
  it.each([
    ["https://example.org/a?x[]=1&y=%22#top", "https://example.org/a?x%5B%5D=1&y=%22#top"],
    ["https://example.org/100%/50%a|b", "https://example.org/100%25/50%25a%7Cb"],
    ["https://example.org/#a#b", "https://example.org/#a%23b"],
    ["https://user@[2001:db8::1]:8080/[x]", "https://user@[2001:db8::1]:8080/%5Bx%5D"],
    ["tag:example.org,2026:straße-漢-👩", "tag:example.org,2026:stra%C3%9Fe-%E6%BC%A2-%F0%9F%91%A9"],
    ["urn:x:kelvin-\u212a", "urn:x:kelvin-%E2%84%AA"],
  ])("makes a URI of %s", (iri, uri) => {
    expect(toUri(iri)).toBe(uri);
    expect(isUri(uri)).toBe(true);
  });

  it("makes a URI of whatever URL a browser would follow, to the same place, and changes it once only", () =>
    fc.assert(
      fc.property(part, (text) => {
        const url = `https://example.org/${text}`;
        fc.pre(URL.canParse(url));
        const { href } = new URL(url);
        const uri = toUri(href);
        expect(isUri(uri)).toBe(true);
        expect(toUri(uri)).toBe(uri);
        const decode = (address: string): string =>
          address.replaceAll("%25", "%").replace(/%(?:[5-7][\dA-F]|23)/g, decodeURIComponent);
        expect(decode(uri)).toBe(decode(href));
      }),
    ));

  it("leaves an id as it is just if the validator takes it for a URI, of those that compile takes", () =>
    fc.assert(
      fc.property(
        fc.constantFrom("https://example.org/", "tag:example.org,2026:", "urn:x", "x:y", "https://[::1]:80/"),
        part,
        (start, text) => {
          const id = start + text;
          fc.pre(v.is(idSchema, id));
          expect(toUri(id) === id).toBe(isUri(id));
        },
      ),
      { numRuns: 1000 },
    ));
});
