import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readContract } from "../../../src/content/partners/contract.ts";
import { contractDocument } from "../../../src/model/partners/contract-document.ts";
import type { Partner } from "../../../src/model/partners/partner.ts";

// A contract that is written and read again is the same.

const HASH = "ab".repeat(32);

const second = fc.integer({ min: 0, max: 4_000_000_000 }).map((count) => count * 1000);

const names = fc.uniqueArray(fc.constantFrom("world", "a-b", "c", "constructor"), { maxLength: 3 });

const arbitraryTerms = fc.record({
  sections: names,
  tags: names,
  authors: names,
  languages: fc.subarray(["de", "en-GB", "zh-Hant"]),
});

const optional = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined });

const arbitraryPartner = fc
  .record({
    enabled: fc.boolean(),
    contact: optional(fc.constantFrom("desk@acme.example", "Ann, +49 30 1")),
    expires: optional(second),
    tokens: fc.array(
      optional(second).map((until) => ({ sha256: HASH, ...(until !== undefined && { until }) })),
      { maxLength: 2 },
    ),
    header: optional(fc.constant("x-acme-key")),
    networks: fc.subarray(["192.0.2.0/24", "2001:db8::/32"]),
    rate: fc.constantFrom("standard", "high"),
    selection: fc.record({ include: arbitraryTerms, exclude: arbitraryTerms }),
    text: fc.constantFrom<Partner["text"]>("full", "summary", { lead: 3 }),
    length: optional(fc.integer({ min: 1, max: 1000 })),
    hours: optional(fc.integer({ min: 1, max: 8784 })),
    delaySeconds: fc.integer({ min: 0, max: 30 * 86_400 }),
    formats: fc.subarray(["rss", "atom", "json"], { minLength: 1 }),
    attribution: fc.constantFrom<Partner["attribution"]>(
      undefined,
      false,
      { "*": "By {publication}: {link}" },
      { de: "Von {link}", en: "From {link}" },
    ),
    license: optional(fc.constant("https://l.example/a")),
  })
  .map(({ header, ...all }) => {
    const open = all.tokens.length === 0;
    const keys = { ...all, open, header: open ? undefined : header };
    return Object.fromEntries(Object.entries(keys).filter(([, value]) => value !== undefined));
  });

describe("a contract that was written", () => {
  it("is the same when it is read again", () => {
    fc.assert(
      fc.property(arbitraryPartner, (keys) => {
        const first = { name: "acme", ...keys };
        // As it lies in a file, or is sent.
        const document = JSON.parse(JSON.stringify(contractDocument(first as unknown as Partner)));
        const { problems, partner } = readContract("acme", document);
        expect(problems).toEqual([]);
        expect(partner).toEqual(first);
      }),
    );
  });

  it("has no key that says what holds anyway", () => {
    const { partner } = readContract("acme", { formats: ["rss"], open: true, enabled: true, delay: "0s", include: {} });
    expect(partner && contractDocument(partner)).toEqual({ formats: ["rss"], open: true });
  });

  it("does not have the partner's name, which is the key, and never milliseconds", () => {
    const document = { formats: ["rss"], tokens: [{ sha256: HASH, until: "2026-12-24T00:00:00Z" }], delay: "15m" };
    const { partner } = readContract("acme", document);
    expect(partner && contractDocument(partner)).toEqual({ ...document, delay: "900s" });
  });
});
