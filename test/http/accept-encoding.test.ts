import fc from "fast-check";
import Negotiator from "negotiator";
import { describe, expect, it } from "vitest";
import { type Coding, chooseCoding } from "../../src/http/accept-encoding.ts";

const NONE = undefined;

const rows: readonly (readonly [header: string | null, coding: Coding | undefined])[] = [
  // RFC 9110 §12.5.3, and its examples
  [null, "identity"],
  ["", "identity"],
  ["compress, gzip", "gzip"],
  ["*", "br"],
  ["compress;q=0.5, gzip;q=1.0", "gzip"],
  ["gzip;q=1.0, identity; q=0.5, *;q=0", "gzip"],
  // A single coding
  ["gzip", "gzip"],
  ["br", "br"],
  ["identity", "identity"],
  ["gzip, br", "br"],
  ["br, gzip", "br"],
  ["x-gzip", "gzip"],
  // Weights
  ["gzip;q=0.5, br;q=0.4", "gzip"],
  ["gzip;q=0.4, br;q=0.5", "br"],
  ["gzip;q=0.5, br;q=0.5", "br"],
  ["gzip;q=0.001", "gzip"],
  ["gzip;q=.2", "gzip"],
  ["gzip;q=1., br;q=0.9", "gzip"],
  ["identity, gzip;q=0.9", "identity"],
  ["identity;q=0.5, gzip;q=0.9", "gzip"],
  ["identity;q=0.5, gzip;q=0.5", "gzip"],
  // Refusals
  ["gzip;q=0", "identity"],
  ["gzip;q=0, br;q=0", "identity"],
  ["gzip;q=0.000, br", "br"],
  ["br;q=0, *", "gzip"],
  ["br;q=0, gzip;q=0, *", "identity"],
  ["gzip, *;q=0", "gzip"],
  ["gzip, identity;q=0", "gzip"],
  ["*, identity;q=0", "br"],
  ["identity;q=0", NONE],
  ["*;q=0", NONE],
  ["identity;q=0, *;q=0", NONE],
  ["deflate, identity;q=0", NONE],
  ["gzip;q=0, br;q=0, identity;q=0", NONE],
  ["deflate, *;q=0", NONE],
  ["identity, *;q=0", "identity"],
  ["identity;q=0.1, *;q=0", "identity"],
  // Codings that are not ours
  ["deflate", "identity"],
  ["zstd", "identity"],
  ["compress, x-compress, dcb, dcz", "identity"],
  ["br-11", "identity"],
  ["gzipped", "identity"],
  // Spellings
  ["GZIP", "gzip"],
  ["Br;Q=0.7", "br"],
  ["X-GZip", "gzip"],
  ["  gzip  ", "gzip"],
  ["\tgzip\t;\tq=0.5\t,\tbr\t;\tq=0.4", "gzip"],
  ["gzip ; q = 0.3 , br ; q = 0.2", "gzip"],
  ["gzip,br", "br"],
  [",, ,gzip, ,", "gzip"],
  // Malformed members are ignored
  ["gzip;q=x", "identity"],
  ["gzip;q=", "identity"],
  ["gzip;q=-1", "identity"],
  ["gzip;q=1.5", "identity"],
  ["gzip;q=1e-1", "identity"],
  ["gzip;level=9", "identity"],
  ["gzip;q=x, br;q=0.1", "br"],
  ["identity;q=x", "identity"],
  ["*;q=x", "identity"],
  ["gzip br", "identity"],
  [";q=1", "identity"],
  ["q=1", "identity"],
  [";", "identity"],
  ["=", "identity"],
  ['"gzip"', "identity"],
  ["gzip\u0000", "identity"],
  ["__proto__, constructor", "identity"],
  // As clients send it
  ["gzip, deflate, br, zstd", "br"],
  ["gzip, deflate, br", "br"],
  ["gzip, deflate", "gzip"],
  ["gzip,deflate", "gzip"],
  ["deflate, gzip, br, zstd", "br"],
  ["deflate, gzip;q=1.0, *;q=0.5", "gzip"],
  ["gzip;q=1.0,deflate;q=0.6,identity;q=0.3", "gzip"],
  ["gzip, x-gzip, deflate", "gzip"],
  ["br;q=1.0, gzip;q=0.8, *;q=0.1", "br"],
  ["gzip, identity", "gzip"],
];

describe("the content-coding that Accept-Encoding prefers (RFC 9110 §12.5.3)", () => {
  it.each(rows)("%j gives %s", (header, coding) => {
    expect(chooseCoding(header)).toBe(coding);
    expect(chooseCoding(header), "memoized").toBe(coding);
  });

  const member = fc
    .tuple(
      fc.constantFrom("gzip", "br", "identity", "x-gzip", "*", "deflate", "zstd"),
      fc.constantFrom("", ";q=0", ";q=0.2", ";q=0.5", ";q=1", ";q=x", ";a=b"),
    )
    .map((parts) => parts.join(""));

  it("is never one that is refused by name, and undefined only where identity is refused", () => {
    fc.assert(
      fc.property(fc.uniqueArray(member, { selector: (one) => one.replace(/^x-|;.*/g, "") }), (members) => {
        const coding = chooseCoding(members.join(", "));
        const refused = members.filter((one) => one.endsWith(";q=0")).map((one) => one.replace(/^x-|;.*/g, ""));
        expect(refused).not.toContain(coding);
        if (coding === undefined) expect(refused.includes("identity") || refused.includes("*")).toBe(true);
      }),
    );
  });

  it("does not depend on the order", () => {
    const distinct = fc.uniqueArray(member, { selector: (one) => one.replace(/^x-|;.*/g, ""), maxLength: 5 });
    fc.assert(
      fc.property(distinct, (members) => {
        expect(chooseCoding(members.toReversed().join(","))).toBe(chooseCoding(members.join(", ")));
      }),
    );
  });

  it("is one of ours or undefined for any header, however long and however often", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 400 }), (header) => {
        expect(["br", "gzip", "identity", undefined]).toContain(chooseCoding(header));
      }),
      { numRuns: 1000 },
    );
    expect(chooseCoding(`${"deflate, ".repeat(10_000)}gzip`)).toBe("gzip");
    expect(chooseCoding("gzip")).toBe("gzip");
  });

  it("is found in time linear in the header's length, or this test would not end", () => {
    for (const end of ["x", ";", ";q", ";q=;"]) chooseCoding(`gzip${" ".repeat(300_000)}${end}`);
    for (const end of ["x", ";"]) chooseCoding(`gzip;q=${" ".repeat(300_000)}${end}`);
  });
});

// negotiator (as Express and others use it) as an oracle.

const CODINGS: readonly Coding[] = ["br", "gzip", "identity"];

const negotiatorChoice = (header: string | null): string | undefined => {
  const negotiator = new Negotiator({ headers: header === null ? {} : { "accept-encoding": header } });
  // Its types lack the second parameter: the order of codings of equal weight.
  const choose: (codings: readonly string[], options: { readonly preferred: readonly string[] }) => string | undefined =
    negotiator.encoding.bind(negotiator);
  return choose(CODINGS, { preferred: CODINGS });
};

describe("the coding that negotiator chooses", () => {
  const space = fc.constantFrom("", " ", "\t", " \t");
  const weighted = fc
    .tuple(
      space,
      space,
      fc.constantFrom("q", "Q"),
      fc.constantFrom("0", "0.", "0.000", "0.001", "0.25", "0.5", "1", "1.0"),
    )
    .map(([before, after, name, value]) => `${before};${after}${name}=${value}`);
  const coding = fc.constantFrom("gzip", "GZip", "br", "BR", "identity", "*", "deflate", "zstd", "compress");
  const listMember = fc.tuple(coding, fc.oneof(fc.constant(""), weighted));
  const separator = fc.tuple(space, fc.constantFrom(",", ",,", ", ,"), space).map((parts) => parts.join(""));
  const wellFormed = fc
    .tuple(fc.uniqueArray(listMember, { selector: ([name]) => name.toLowerCase() }), separator)
    .map(([members, between]) => members.map((parts) => parts.join("")).join(between));

  it("is ours for every well-formed header that names no coding twice", () => {
    fc.assert(
      fc.property(fc.option(wellFormed), (header) => {
        expect(chooseCoding(header)).toBe(negotiatorChoice(header));
      }),
      { numRuns: 2000 },
    );
  });

  // A row fails when the library's answer changes.
  it.each<[reason: string, header: string, ours: Coding | undefined, theirs: string | undefined]>([
    ["x-gzip is gzip (§8.4.1.3)", "x-gzip", "gzip", "identity"],
    ["x-gzip is gzip (§8.4.1.3), so this names it twice", "gzip, x-gzip;q=0", "identity", "gzip"],
    ["a weight is a number (§12.4.2): no word is a refusal of identity", "identity;q=x", "identity", NONE],
    ["a weight is a number (§12.4.2): no word is a refusal of all", "*;q=x", "identity", NONE],
    ["a weight is not empty (§12.4.2)", "gzip;q=", "identity", "gzip"],
    ["a weight is at most 1 (§12.4.2)", "gzip;q=0.5, br;q=1.5", "gzip", "br"],
    ["a weight has no sign (§12.4.2): it refuses nothing", "gzip;q=-1", "identity", NONE],
    ["a weight has no sign (§12.4.2)", "gzip;q=+1", "identity", "gzip"],
    ["a weight has no exponent (§12.4.2)", "gzip;q=1e-1", "identity", "gzip"],
    ["a weight ends with a digit or the dot (§12.4.2)", "gzip;q=0.5x", "identity", "gzip"],
    ["a weight is not quoted (§12.4.2)", 'gzip;q="0.5"', "identity", "gzip"],
    ["a coding has no parameter but its weight (§12.5.3)", "gzip;level=9", "identity", "gzip"],
    ["a coding has no parameter before its weight (§12.5.3)", "gzip;level=9;q=0.5", "identity", "gzip"],
    ["a coding that is named twice (§12.5.3 says nothing): the last counts", "gzip, gzip;q=0", "identity", "gzip"],
    ["white space other than space and tab (§5.6.3), which is tolerated", "gzip\u00a0", "gzip", "identity"],
  ])("is another one where %s: %j", (_, header, ours, theirs) => {
    expect(chooseCoding(header)).toBe(ours);
    expect(negotiatorChoice(header)).toBe(theirs);
  });
});
