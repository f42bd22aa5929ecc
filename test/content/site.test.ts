import { describe, expect, it } from "vitest";
import { compileSite } from "../../src/content/site.ts";
import type { Channel } from "../../src/model/channel.ts";
import { LANGUAGES } from "../../src/model/words/all-words.ts";
import { DEFAULT_SITE } from "./case-file.ts";

const channelOf = (keys: string): Channel => {
  const { channel, file } = compileSite(DEFAULT_SITE + keys, {});
  if (channel === undefined) throw new Error(file.messages.join("\n"));
  return channel;
};

describe("the words of site.yaml", () => {
  it("are by language, in the canonical spelling of the tag", () => {
    expect(
      channelOf("words: { DE: { source: Laut }, zh-hant: { source: 據 }, fi: { source: Lähde } }\n").words,
    ).toMatchObject({
      de: { source: "Laut" },
      "zh-Hant": { source: "據" },
      fi: { source: "Lähde" },
    });
  });

  it("are for the language of the site if they stand alone, as they did before there were languages", () => {
    const { words } = channelOf("words: { withdrawn: Taken down }\n");
    expect(words.en).toMatchObject({ withdrawn: "Taken down", source: "Source" });
    expect(words.de).toMatchObject({ withdrawn: "Zurückgezogen" });
  });

  it("can be both, and then those of the language count", () => {
    expect(channelOf("words: { en: { source: From }, source: By, withdrawn: Taken down }\n").words.en).toMatchObject({
      ...{ source: "From", withdrawn: "Taken down", correction: "Correction" },
    });
  });
});

describe("the time zone of site.yaml", () => {
  it.each([
    ["", "UTC"],
    ["timeZone: Asia/Kolkata\n", "Asia/Kolkata"],
    ["timeZone: ' Europe/Berlin '\n", "Europe/Berlin"],
  ])("by %j is %s", (keys, timeZone) => {
    expect(channelOf(keys).timeZone).toBe(timeZone);
  });
});

const picture = (type: string, width: number, height: number) => ({ type, length: 9, width, height });

describe("the picture of site.yaml", () => {
  const isTaken = (key: string, type: string, width: number, height: number): boolean =>
    compileSite(`${DEFAULT_SITE}${key}: media/x\n`, { "media/x": picture(type, width, height) }).file.messages
      .length === 0;

  it.each([
    ["image/png", 144, 400, true],
    ["image/jpeg", 144, 400, true],
    ["image/gif", 144, 400, true],
    ["image/webp", 1, 1, false],
    ["image/svg+xml", 1, 1, false],
    ["image/png", 145, 400, false],
    ["image/png", 144, 401, false],
  ])("may be %s of %i × %i: %s", (type, width, height, isAllowed) => {
    expect(isTaken("image", type, width, height)).toBe(isAllowed);
  });

  it("should be square if it is the icon", () => {
    expect([isTaken("icon", "image/webp", 500, 500), isTaken("icon", "image/webp", 500, 499)]).toEqual([true, false]);
  });
});

describe("a redirect", () => {
  const loopsOf = (...redirects: readonly (readonly [from: string, to: string])[]): readonly (number | undefined)[] => {
    const keys = redirects.map(([from, to]) => `  ${from}: ${to}\n`).join("");
    const { file } = compileSite(`${DEFAULT_SITE}redirects:\n${keys}`, {});
    return file.messages.map(({ line = 0, ruleId }) => (ruleId === "redirect" ? line - 11 : undefined));
  };

  it.each([
    ["to another path", [["/a", "/b"]], []],
    [
      "to a path that is redirected",
      [
        ["/a", "/b"],
        ["/b", "/c"],
      ],
      [],
    ],
    ["to itself", [["/a", "/a"]], [0]],
    ["to itself in another spelling", [["/a%2d", "/a-/"]], [0]],
    [
      "to itself over one other",
      [
        ["/a", "/b"],
        ["/b", "/a"],
      ],
      [0, 1],
    ],
    [
      "to itself over two others",
      [
        ["/a", "/b"],
        ["/b", "/c"],
        ["/c", "/a"],
      ],
      [0, 1, 2],
    ],
    [
      "to itself over three others",
      [
        ["/a", "/b"],
        ["/b", "/c"],
        ["/c", "/d"],
        ["/d", "/a"],
      ],
      [0, 1, 2, 3],
    ],
    [
      "into a loop of others",
      [
        ["/a", "/b"],
        ["/b", "/c"],
        ["/c", "/b"],
      ],
      [1, 2],
    ],
    ["to the same path of another site", [["/a", "https://another.example/a"]], []],
    ["to the same path of this site", [["/a", "https://example.org/a/"]], [0]],
    ["to the same path of another port", [["/a", "https://example.org:8443/a"]], []],
  ] as const)("leads %s", (_, redirects, loops) => {
    expect(loopsOf(...redirects)).toEqual(loops);
  });
});

it("the words without a language are for the language of the site", () => {
  const site = `${DEFAULT_SITE.replace("language: en", "language: de")}words: { source: Laut, de: { note: Merke }, en: { tip: Hint } }\n`;
  const { words } = compileSite(site, {}).channel ?? {};
  expect([words?.de?.source, words?.de?.note, words?.en?.source, words?.en?.tip]).toEqual([
    "Laut",
    "Merke",
    "Source",
    "Hint",
  ]);
});

it("a channel has every key of site.yaml", () => {
  const { channel, url } = compileSite(
    `${DEFAULT_SITE}  sport: Sport
rights: All rights
license: https://example.org/license
timeZone: Europe/Berlin
image: media/logo.png
icon: media/icon.png
hubs: [built-in, "https://hub.example/", built-in]
signature: sha1
redirects: { /a: /b, /c: HTTPS://Example.com }
feedLength: 7
deltas: false
feedPages: false
noticeDays: 3
freshness: { maxAge: 1, staleWhileRevalidate: 2, staleIfError: 3 }
`,
    { "media/logo.png": picture("image/png", 9, 8), "media/icon.png": picture("image/png", 7, 7) },
  );
  const origin = "https://feedwright.invalid";
  const { words, ...rest } = channel ?? {};
  expect([url, Object.keys(words ?? {})]).toEqual(["https://example.org", LANGUAGES]);
  expect(rest).toEqual({
    id: "tag:example.org,2026:feeds",
    url: origin,
    title: "The Courier",
    description: "News from abroad.",
    language: "en",
    timeZone: "Europe/Berlin",
    authors: [{ key: "news-desk", name: "News Desk" }],
    feeds: [],
    sections: [
      { key: "world", name: "World" },
      { key: "sport", name: "Sport" },
    ],
    rights: "All rights",
    license: "https://example.org/license",
    image: { alt: "The Courier", url: `${origin}/media/logo.png`, ...picture("image/png", 9, 8) },
    icon: { alt: "The Courier", url: `${origin}/media/icon.png`, ...picture("image/png", 7, 7) },
    hubs: [`${origin}/hub`, "https://hub.example/"],
    signature: "sha1",
    redirects: { "/a": "/b", "/c": "https://example.com/" },
    feedLength: 7,
    deltas: false,
    feedPages: false,
    noticeDays: 3,
    freshness: { maxAge: 1, staleWhileRevalidate: 2, staleIfError: 3 },
    media: ["media/logo.png", "media/icon.png"],
  });
});
