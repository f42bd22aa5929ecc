import { describe, expect, it } from "vitest";
import { readContract } from "../../../src/content/partners/contract.ts";
import { isPartnerName, PARTNER_FORMATS } from "../../../src/content/schema/partner-schema.ts";
import { sha256 } from "../../../src/lib/sha256.ts";

// The values that docs/partners.md states, at the last one that is allowed and the first that is not.

const REQUIRED = { formats: ["rss"], tokens: [{ sha256: sha256("token") }] };

const read = (more: Readonly<Record<string, unknown>>) => readContract("acme", { ...REQUIRED, ...more }).partner;

const isValid = (more: Readonly<Record<string, unknown>>): boolean => read(more) !== undefined;

describe("a contract", () => {
  it("has defaults, as docs/partners.md says", () => {
    const none = { sections: [], tags: [], authors: [], languages: [] };
    expect(read({})).toEqual({
      name: "acme",
      enabled: true,
      tokens: REQUIRED.tokens,
      open: false,
      networks: [],
      rate: "standard",
      selection: { include: none, exclude: none },
      text: "full",
      delaySeconds: 0,
      formats: ["rss"],
    });
  });

  it("is read the same again, whatever it states", () => {
    expect(readContract("acme", { open: true, formats: ["rss"] }).partner).toMatchObject({ open: true, tokens: [] });
    expect(read({ enabled: false })).toMatchObject({ enabled: false });
    expect(read({ expires: "2027-06-01T02:00:00+02:00" })).toMatchObject({ expires: Date.UTC(2027, 5, 1) });
  });
});

describe("a number in a contract", () => {
  it.each([
    ["length", 1, 1000],
    ["hours", 1, 8784],
  ])("%s: %i to %i", (key, min, max) => {
    expect([min, max].map((value) => isValid({ [key]: value }))).toEqual([true, true]);
    for (const value of [min - 1, max + 1, min + 0.5, String(min), null, Number.NaN])
      expect([value, isValid({ [key]: value })]).toEqual([value, false]);
  });

  it("text.lead: 1 to 1000", () => {
    expect([1, 1000].map((lead) => read({ text: { lead } })?.text)).toEqual([{ lead: 1 }, { lead: 1000 }]);
    for (const lead of [0, 1001, 1.5, "3", null]) expect([lead, isValid({ text: { lead } })]).toEqual([lead, false]);
    for (const text of [{}, { lead: 1, more: 1 }, "lead", 3, true, null, []])
      expect([text, isValid({ text })]).toEqual([text, false]);
  });
});

describe("a delay", () => {
  it.each([
    ["0s", 0],
    ["90s", 90],
    ["15m", 900],
    ["15 m", 900],
    [" 2h ", 7200],
    ["30d", 2_592_000],
    ["720h", 2_592_000],
    ["43200m", 2_592_000],
    ["2592000s", 2_592_000],
  ])("%s is %i seconds", (delay, seconds) => {
    expect(read({ delay })?.delaySeconds).toBe(seconds);
  });

  it.each([
    "31d",
    "721h",
    "2592001s",
    "99999999s",
    "-1s",
    "-15m",
    "15",
    "1.5h",
    "1w",
    "PT15M",
    "m",
    "",
    15,
    0,
    null,
    "1h30m",
  ])("is not %j", (delay) => {
    expect(isValid({ delay })).toBe(false);
  });
});

describe("a token", () => {
  const [{ sha256: hash } = { sha256: "" }] = REQUIRED.tokens;

  it("is 64 hex digits, in either case", () => {
    expect(read({ tokens: [{ sha256: hash.toUpperCase() }] })?.tokens).toEqual([{ sha256: hash }]);
    expect(read({ tokens: [{ sha256: hash, until: "2027-01-01T00:00:00Z" }] })?.tokens).toEqual([
      { sha256: hash, until: Date.UTC(2027, 0, 1) },
    ]);
  });

  it.each([
    [hash.slice(1)],
    [`${hash}0`],
    [hash.replace(/.$/, "g")],
    [` ${hash}`],
    [`sha256:${hash}`],
    [sha256("")],
    [sha256("").toUpperCase()],
    [sha256("\n")],
    [""],
    [null],
    [1],
  ])("is not the hash %j", (value) => {
    expect(isValid({ tokens: [{ sha256: value }] })).toBe(false);
  });

  it("never stands in a message", () => {
    const secret = "c2VjcmV0LXRva2Vu";
    for (const more of [
      { tokens: [secret] },
      { tokens: secret },
      { tokens: { sha256: secret } },
      { tokens: [{ sha256: secret }] },
      { tokens: [{ sha256: hash, until: secret }] },
      { token: secret },
      { open: secret },
      { tokens: [[secret]] },
    ]) {
      const { problems, partner } = readContract("acme", { ...REQUIRED, ...more });
      expect(partner).toBeUndefined();
      expect(problems.map(({ message }) => message).join()).not.toContain(secret);
    }
  });

  it("is one of a hundred at most, and of one at least", () => {
    const tokens = Array.from({ length: 101 }, () => ({ sha256: hash }));
    expect([isValid({ tokens: tokens.slice(1) }), isValid({ tokens }), isValid({ tokens: [] })]).toEqual([
      ...[true, false, false],
    ]);
  });
});

describe("a network", () => {
  it.each([
    ["0.0.0.0/0", "0.0.0.0/0"],
    ["192.0.2.0/32", "192.0.2.0/32"],
    ["192.0.2.7/24", "192.0.2.7/24"],
    ["192.0.2.7", "192.0.2.7/32"],
    ["::/0", "::/0"],
    ["2001:db8::/128", "2001:db8::/128"],
    ["2001:DB8::1", "2001:DB8::1/128"],
    ["::ffff:192.0.2.0/120", "::ffff:192.0.2.0/120"],
  ])("%s", (network, normalized) => {
    expect(read({ networks: [network] })?.networks).toEqual([normalized]);
  });

  it.each([
    ...["192.0.2.0/33", "192.0.2.0/-1", "192.0.2.0/", "192.0.2.0/24/24", "192.0.2/24", "10/8", "10", "010.0.0.0/8"],
    ...["0x0a.0.0.0/8", "256.0.0.0/8", "192.0.2.0-192.0.2.9", "192.0.2.*", "2001:db8::/129", "2001:db8/32"],
    ...["fe80::1%eth0", "fe80::%eth0/64", "acme.example", "", " ", null, 192, 192.1],
  ])("is not %j", (network) => {
    expect(isValid({ networks: [network] })).toBe(false);
  });
});

describe("a header", () => {
  it("is a name of its own, in any case", () => {
    expect(read({ header: "X-Acme-Key" })?.header).toBe("x-acme-key");
    expect(read({ header: "apikey" })?.header).toBe("apikey");
    expect(read({ header: `X${"-".repeat(63)}` })?.header).toHaveLength(64);
  });

  it.each([
    ...[
      "Authorization",
      "Proxy-Authorization",
      "Cookie",
      "Host",
      "CF-Connecting-IP",
      "cf-ray",
      "Accept",
      "If-None-Match",
    ],
    ...["A-IM", "Range", "User-Agent", "Referer", "Origin", "Sec-Fetch-Mode", "X-Forwarded-For", "X-Real-IP", "Via"],
    ...["True-Client-IP", "Forwarded", "Content-Length", "Transfer-Encoding", "Cache-Control", "CDN-Loop"],
    ...["X Acme", "X:Acme", "x_acme", "1-Acme", "", "é", `X${"-".repeat(64)}`, 7, null],
  ])("is not %j", (header) => {
    expect(isValid({ header })).toBe(false);
  });
});

describe("an attribution", () => {
  it.each([
    ["{link}", { "*": "{link}" }],
    [
      { en: "From {publication}: {link}", "DE-at": "{link}" },
      { en: "From {publication}: {link}", "de-AT": "{link}" },
    ],
    [false, false],
  ])("%j", (attribution, read_) => {
    expect(read({ attribution })?.attribution).toEqual(read_);
  });

  it.each([true, "", "No link", { en: "No link" }, { "not a language": "{link}" }, 1, null, ["{link}"]])(
    "is not %j",
    (attribution) => {
      expect(isValid({ attribution })).toBe(false);
    },
  );
});

describe("what a contract selects", () => {
  it("may be named by keys, or by the names that readers see", () => {
    const include = {
      sections: ["world"],
      tags: ["United States", "C++"],
      authors: ["Jane Doe"],
      languages: ["PT-br"],
    };
    expect(read({ include })?.selection.include).toEqual({
      ...{ sections: ["world"], authors: ["jane-doe"], languages: ["pt-BR"] },
      tags: [expect.stringMatching(/^united-states$/), expect.stringMatching(/^c/)],
    });
  });

  it.each([
    { tags: "film" },
    { tags: [""] },
    { tags: [7] },
    { languages: ["no language"] },
    { sections: ["a b"] },
    [],
    "film",
  ])("is not %j", (include) => {
    expect(isValid({ include })).toBe(false);
    expect(isValid({ exclude: include })).toBe(false);
  });
});

describe("the formats of a contract", () => {
  it("are those that partners may have, by their names", () => {
    expect(PARTNER_FORMATS).toEqual(expect.arrayContaining(["rss", "atom", "json"]));
    for (const name of PARTNER_FORMATS) expect(read({ formats: [name] })?.formats).toEqual([name]);
    expect(isValid({ formats: [...PARTNER_FORMATS] })).toBe(true);
  });

  it.each([[[]], [["RSS"]], [["rss.xml"]], [["constructor"]], ["rss"], [null], [[null]]])("are not %j", (formats) => {
    expect(isValid({ formats })).toBe(false);
  });
});

describe("other values of a contract", () => {
  it.each([
    ["rate", ["standard", "high"], ["low", "", 1, null]],
    ["enabled", [true, false], ["yes", 1, null]],
    ["open", [false], ["no", 0, null]],
    [
      "license",
      ["https://acme.example/terms"],
      ["acme.example", "javascript:alert(1)", "https://u:p@acme.example/", null],
    ],
    ["contact", ["desk@acme.example"], ["", " ", 7, null]],
    ["expires", ["2027-06-01T00:00:00Z"], ["2027-06-01", "soon", 1_800_000_000, null]],
  ])("%s", (key, allowed, refused) => {
    for (const value of allowed) expect([value, isValid({ [key]: value })]).toEqual([value, true]);
    for (const value of refused) expect([value, isValid({ [key]: value })]).toEqual([value, false]);
  });
});

describe("the name of a partner", () => {
  it.each(["a", "7", "acme", "a-b", "a--b", "2026", "a".repeat(64), "constructor"])("is %s", (name) => {
    expect(isPartnerName(name)).toBe(true);
  });

  it.each(["", "-", "-a", "a-", "A", "é", "a_b", "a.b", "a b", "a/b", "a\n", "a".repeat(65), "__proto__"])(
    "is not %j",
    (name) => {
      expect(isPartnerName(name)).toBe(false);
    },
  );
});
