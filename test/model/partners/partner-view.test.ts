import { describe, expect, it } from "vitest";
import type { Partner } from "../../../src/model/partners/partner.ts";
import { type PartnerFormat, partnerViewOf } from "../../../src/model/partners/partner-view.ts";
import { NO_TERMS, selectionName } from "../../../src/model/selection.ts";

const PARTNER: Partner = {
  ...{ name: "acme", enabled: true, tokens: [], open: true, networks: [], rate: "standard" },
  ...{ selection: { include: NO_TERMS, exclude: NO_TERMS }, text: "full", delaySeconds: 0, formats: ["rss"] },
};

const CHANNEL = { feedLength: 20, language: "en" };
const HOUR_MS = 3_600_000;

const viewOf = (keys: Partial<Partner>, format: PartnerFormat = { name: "rss" }) =>
  partnerViewOf({ ...PARTNER, ...keys }, format, CHANNEL);

const languages = (...names: string[]): Partial<Partner> => ({
  selection: { include: { ...NO_TERMS, languages: names }, exclude: NO_TERMS },
});

describe("what a partner gets in a format", () => {
  it("is every story as public feeds have it, if the contract says nothing else", () => {
    expect(viewOf({})).toEqual({ format: "rss", list: { kind: "all" }, text: "full", length: 20, delayMs: 0 });
  });

  it("says nothing of who the partner is, so that those with equal contracts share it", () => {
    const one = viewOf({
      name: "acme",
      contact: "a@acme.example",
      tokens: [{ sha256: "a" }],
      networks: ["192.0.2.0/24"],
    });
    const other = viewOf({ name: "bolt", rate: "high", header: "x-key", expires: 1, enabled: false, open: false });
    expect(one).toEqual(other);
  });

  it.each<[string, Partial<Partner>, PartnerFormat, number | undefined]>([
    ["nothing", {}, { name: "x" }, undefined],
    ["the contract's hours", { hours: 2 }, { name: "x" }, 2 * HOUR_MS],
    ["the dialect's days", {}, { name: "x", maxAgeDays: 2 }, 48 * HOUR_MS],
    ["the shorter of both, the contract's", { hours: 2 }, { name: "x", maxAgeDays: 2 }, 2 * HOUR_MS],
    ["the shorter of both, the dialect's", { hours: 50 }, { name: "x", maxAgeDays: 2 }, 48 * HOUR_MS],
  ])("ends by its age after %s", (_, keys, format, expected) => {
    expect(viewOf(keys, format).maxAgeMs).toBe(expected);
  });

  it.each<[string, Partial<Partner>, true | undefined, string | undefined]>([
    ["none, if the format takes several", languages("de"), undefined, undefined],
    ["the publication's", {}, true, "en"],
    ["that of the contract, if it is one", languages("de"), true, "de"],
    ["the publication's, if the contract has several", languages("de", "fr"), true, "en"],
  ])("has one language: %s", (_, keys, isOfOneLanguage, expected) => {
    expect(viewOf(keys, { name: "x", ...(isOfOneLanguage && { isOfOneLanguage }) }).language).toBe(expected);
  });

  it("has a delay in milliseconds, a length, a licence and a line of its own", () => {
    const keys = { delaySeconds: 90, length: 3, license: "https://l.example/", attribution: false } as const;
    expect(viewOf(keys)).toMatchObject({ delayMs: 90_000, length: 3, license: keys.license, attribution: false });
  });
});

describe("the name of a selection", () => {
  const include = { ...NO_TERMS, tags: ["a", "b"], sections: ["s"] };
  const name = selectionName({ include, exclude: NO_TERMS }, "en");

  it.each([
    ["in another order", { ...include, tags: ["b", "a"] }, true],
    ["twice", { ...include, tags: ["a", "b", "a"] }, true],
    ["of another kind", { ...NO_TERMS, tags: ["a", "b", "s"] }, false],
    ["fewer", { ...include, tags: ["a"] }, false],
  ])("is the same if the same is named %s: %#", (_, other, isSame) => {
    expect(selectionName({ include: other, exclude: NO_TERMS }, "en") === name).toBe(isSame);
  });

  it("is another if it is excluded, if stories without a language have another, and for a named feed", () => {
    const others = [
      selectionName({ include: NO_TERMS, exclude: include }, "en"),
      selectionName({ include, exclude: NO_TERMS }, "de"),
      selectionName({ include, exclude: NO_TERMS }, "en", "culture"),
    ];
    expect(new Set([name, ...others]).size).toBe(4);
  });
});
