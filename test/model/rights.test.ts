import { describe, expect, it } from "vitest";
import {
  isSameRights,
  licenseOf,
  licenseOfChannel,
  mayRepublish,
  rightsOf,
  rightsOfAll,
  rightsOfChannel,
  statedLicense,
} from "../../src/model/rights.ts";

const PEOPLE = "https://example.org/people";
const MACHINES = "https://example.org/machines";
const OWN = "https://example.org/own";

describe("the rights of a story", () => {
  it.each([
    ["nobody states any", {}, {}, undefined],
    ["only a licence is stated", { license: PEOPLE }, { license: OWN }, undefined],
    ["the publication states some", { usage: { search: true, aiTrain: false } }, {}, { search: true, aiTrain: false }],
    [
      "a story overrides a key, and only that",
      { usage: { search: true, aiTrain: false } },
      { usage: { aiTrain: true } },
      { search: true, aiTrain: true },
    ],
    [
      "the licence serves for both",
      { license: PEOPLE, usage: { aiTrain: false } },
      {},
      { aiTrain: false, license: PEOPLE },
    ],
    [
      "the story's licence serves for both",
      { license: PEOPLE, usage: { aiTrain: false } },
      { license: OWN },
      { aiTrain: false, license: OWN },
    ],
    [
      "the terms for machines go before any licence",
      { license: PEOPLE, usage: { license: MACHINES } },
      { license: OWN },
      { license: MACHINES },
    ],
  ])("are right where %s", (_, channel, item, rights) => {
    expect(rightsOf(channel, item)).toEqual(rights);
  });

  it("are those of the publication, if it states nothing", () => {
    const channel = { license: PEOPLE, usage: { search: false, license: MACHINES } };
    expect(isSameRights(rightsOf(channel, {}), rightsOfChannel(channel))).toBe(true);
    expect(isSameRights(rightsOf(channel, { usage: { search: true } }), rightsOfChannel(channel))).toBe(false);
  });
});

describe("the licence for people", () => {
  it.each([
    [{}, {}, undefined],
    [{ license: PEOPLE, usage: { license: MACHINES } }, {}, PEOPLE],
    [{ license: PEOPLE }, { license: OWN }, OWN],
    [{ usage: { license: MACHINES } }, {}, MACHINES],
    [{ license: PEOPLE }, { usage: { license: MACHINES } }, PEOPLE],
  ])("of the publication %j and the story %j is %s", (channel, item, license) => {
    expect(licenseOf(channel, item)).toBe(license);
  });

  it("of the publication is its own, or that for machines", () => {
    expect(licenseOfChannel({ license: PEOPLE, usage: { license: MACHINES } })).toBe(PEOPLE);
    expect(licenseOfChannel({ usage: { license: MACHINES } })).toBe(MACHINES);
    expect(licenseOfChannel({})).toBeUndefined();
  });

  it("is stated with each story only where usage is stated", () => {
    expect(statedLicense({ license: PEOPLE }, {})).toBeUndefined();
    expect(statedLicense({ license: PEOPLE }, { license: OWN })).toBe(OWN);
    expect(statedLicense({ license: PEOPLE, usage: { search: true } }, {})).toBe(PEOPLE);
  });
});

describe("the rights in a document with several stories", () => {
  const channel = { usage: { search: true, aiInput: true } };

  it("are the strictest of theirs", () => {
    const items = [{ usage: { aiInput: false, aiTrain: true } }, { usage: { aiTrain: true } }, {}];
    expect(rightsOfAll(channel, items)).toEqual({ search: true, aiInput: false });
    expect(rightsOfAll(channel, items.slice(0, 2))).toEqual({ search: true, aiInput: false, aiTrain: true });
  });

  it("are those of the publication, if there is no story", () => {
    expect(rightsOfAll(channel, [])).toEqual(channel.usage);
    expect(rightsOfAll({ license: PEOPLE }, [])).toBeUndefined();
    expect(rightsOfAll({}, [{ license: OWN }])).toBeUndefined();
  });

  it("have the licence that all have, otherwise the publication's", () => {
    const usage = { aiTrain: false };
    expect(rightsOfAll({ usage }, [{ license: OWN }, { license: OWN }])).toEqual({ ...usage, license: OWN });
    expect(rightsOfAll({ usage }, [{ license: OWN }, {}])).toEqual(usage);
    expect(rightsOfAll({ usage, license: PEOPLE }, [{ license: OWN }, {}])).toEqual({ ...usage, license: PEOPLE });
  });
});

describe("republication", () => {
  it.each([
    ["https://creativecommons.org/licenses/by/4.0/", true],
    ["http://www.creativecommons.org/licenses/by-nc-sa/3.0/de/", true],
    ["https://creativecommons.org/licenses/nc-sa/1.0/", true],
    ["https://creativecommons.org/publicdomain/zero/1.0/", true],
    ["https://creativecommons.org/licenses/by-nd/4.0/", false],
    ["https://creativecommons.org/licenses/by-nc-nd/4.0/", false],
    ["https://creativecommons.org/licenses/nd-nc/1.0/", false],
    ["https://creativecommons.org/licenses/sampling/1.0/", false],
    ["https://example.org/?https://creativecommons.org/licenses/by/4.0/", false],
    ["https://creativecommons.org.example.net/licenses/by/4.0/", false],
  ])("under %s is allowed: %s", (license, allowed) => {
    expect(mayRepublish({ license }, {})).toBe(allowed);
    expect(mayRepublish({}, { license })).toBe(allowed);
    expect(mayRepublish({ republish: !allowed, license }, {})).toBe(!allowed);
    expect(mayRepublish({ republish: !allowed, license }, { republish: allowed })).toBe(allowed);
  });

  it("is not allowed without a licence, unless the publication or the story says so", () => {
    expect(mayRepublish({}, {})).toBe(false);
    expect(mayRepublish({ republish: true }, {})).toBe(true);
    expect(mayRepublish({ republish: true }, { republish: false })).toBe(false);
  });
});
