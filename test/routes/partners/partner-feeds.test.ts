import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { readContract } from "../../../src/content/partners/contract.ts";
import type { EdgeCache } from "../../../src/editions/edge-cache.ts";
import { rss } from "../../../src/formats/rss.ts";
import type { Item } from "../../../src/model/item.ts";
import type { Partner } from "../../../src/model/partners/partner.ts";
import {
  findPartnerEdition,
  type PartnerRenderer,
  partnerRenderers,
} from "../../../src/routes/partners/partner-feeds.ts";
import { createSite, type Site } from "../../../src/routes/site.ts";
import { openBundled } from "../../../src/store/bundled/bundled-store.ts";
import type { Store } from "../../../src/store/store.ts";
import { compileText, type Files, instant, ORIGIN, site, story } from "../../fixtures/publication.ts";
import { assetsOf, fetchFrom, headersOf, serveFiles } from "../support/serve.ts";

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const START = instant("2026-03-01T00:00:00Z");
const iso = (at: number): string => new Date(at).toISOString();

const partnerOf = (keys: object, name = "acme"): Partner => {
  const { partner, problems } = readContract(name, { formats: ["rss"], open: true, ...keys });
  if (partner === undefined) throw new Error(JSON.stringify(problems));
  return partner;
};

interface Opened {
  readonly site: Site;
  readonly clock: { now: number };
}

/** A site with contracts, whose selections the build made members of. */
const open = async (files: Files, contracts: Readonly<Record<string, object>>, now = START): Promise<Opened> => {
  const documents = Object.entries(contracts).map(([name, keys]) => [name, { formats: ["rss"], open: true, ...keys }]);
  const text = await compileText({ ...files, "partners.yaml": JSON.stringify(Object.fromEntries(documents)) });
  const clock = { now };
  const store = openBundled(text, "", { id: "one", at: START - 100 * DAY });
  const opened = createSite({ store, assets: assetsOf({}), now: () => clock.now, waitUntil: () => {} });
  return { site: opened, clock };
};

const RSS: PartnerRenderer = rss;

const bytesOf = async ({ site: opened }: Opened, partner: Partner, renderer = RSS) => {
  const { cached } = await findPartnerEdition(opened, partner, renderer);
  const { etag, lastModified } = cached.edition.representation;
  return { etag, lastModified, text: new TextDecoder().decode(cached.edition.body) };
};

const slugsIn = (text: string): readonly string[] =>
  Array.from(text.matchAll(/<guid[^>]*>tag:courier\.example,2026:(\w+)</g), ([, slug = ""]) => slug);

const dated = (slug: string, at: number, keys: object = {}): Files => ({
  [`${slug}.md`]: story(slug, { published: iso(at), ...keys }),
});

describe("a story appears and leaves", () => {
  const contracts = { acme: { delay: "15m", hours: 48 } };
  const partner = partnerOf(contracts.acme);
  const old: PartnerRenderer = { ...rss, name: "old", fileName: "old.xml", maxAgeDays: 1 };

  it.each<[string, PartnerRenderer, number, readonly string[], readonly string[]]>([
    ["when its delay ends", rss, 15 * MINUTE, [], ["b", "a"]],
    ["when its hours end", rss, 48 * HOUR, ["b", "a"], []],
    ["when the dialect's greatest age ends, which is the shorter one", old, DAY, ["b", "a"], []],
  ])("%s: at that very second, with the others of its date", async (_, renderer, after, before, then) => {
    // Neither moment is one of the public feeds.
    const opened = await open({ ...dated("a", START), ...dated("b", START) }, contracts);
    const at = async (now: number) => {
      opened.clock.now = now;
      return bytesOf(opened, partner, renderer);
    };
    const change = START + after;
    const first = await at(change - 5 * SECOND);
    expect(slugsIn(first.text)).toEqual(before);
    for (const ms of [SECOND, 1]) expect(await at(change - ms)).toEqual(first);
    const changed = await at(change);
    expect(slugsIn(changed.text)).toEqual(then);
    expect(changed.etag).not.toBe(first.etag);
    expect(changed.lastModified).toBe(change);
    for (const ms of [1, SECOND, MINUTE]) expect(await at(change + ms)).toEqual(changed);
  });

  it("after other stories that are there, which the transition does not touch", async () => {
    const files = { ...dated("a", START - HOUR), ...dated("b", START), ...dated("c", START + 10 * MINUTE) };
    const opened = await open(files, contracts, START + 20 * MINUTE);
    const { text, lastModified } = await bytesOf(opened, partner);
    expect([slugsIn(text), lastModified]).toEqual([["b", "a"], START + 15 * MINUTE]);
    opened.clock.now = START + 25 * MINUTE;
    expect(slugsIn((await bytesOf(opened, partner)).text)).toEqual(["c", "b", "a"]);
  });

  it("never, if the delay is as long as the hours: then nothing is told of it, and nothing changes", async () => {
    const keys = { delay: "2h", hours: 2 };
    const withdrawn = { at: iso(START + 3 * HOUR), reason: "Wrong." };
    const files = { ...dated("a", START), ...dated("b", START, { withdrawn }) };
    const opened = await open(files, { acme: keys }, START + 3 * HOUR);
    const { text } = await bytesOf(opened, partnerOf(keys));
    expect(slugsIn(text)).toEqual([]);
  });
});

describe("the withdrawal of a story", () => {
  const notices = async (keys: object, withdrawnAfter: number, now: number): Promise<readonly string[]> => {
    const withdrawn = { at: iso(START + withdrawnAfter), reason: "Wrong." };
    const opened = await open(
      { "site.yaml": site({ noticeDays: 3 }), ...dated("a", START, { withdrawn }) },
      { acme: keys },
      START + now,
    );
    return slugsIn((await bytesOf(opened, partnerOf(keys))).text);
  };

  it.each<[string, object, number, number, readonly string[]]>([
    ["is told at once", { delay: "15m" }, 16 * MINUTE, 16 * MINUTE, ["a"]],
    ["is never told if its delay was not over", { delay: "15m" }, 14 * MINUTE, DAY, []],
    ["is never told if its delay was about to end", { delay: "15m" }, 15 * MINUTE, DAY, []],
    ["is told although the story fell out long ago", { hours: 1 }, 10 * DAY, 10 * DAY, ["a"]],
    ["is told until its notice ends", { hours: 1 }, 10 * DAY, 13 * DAY - 1, ["a"]],
    ["is not told any longer", { hours: 1 }, 10 * DAY, 13 * DAY, []],
    ["is not told to whom the story was not meant", { exclude: { languages: ["en"] } }, HOUR, HOUR, []],
  ])("%s", async (_, keys, withdrawnAfter, now, expected) => {
    expect(await notices(keys, withdrawnAfter, now)).toEqual(expected);
  });
});

describe("partners with equal views", () => {
  const files = { ...dated("a", START - HOUR, { tags: ["x"] }), ...dated("b", START - 2 * HOUR, { tags: ["y"] }) };

  it("share one edition, and nothing is rendered twice", async () => {
    const rendered: string[] = [];
    const counting: PartnerRenderer = {
      ...rss,
      renderItem: (...all) => {
        rendered.push(all[0].slug);
        return rss.renderItem(...all);
      },
    };
    const contracts = {
      acme: {},
      bolt: { contact: "b@bolt.example" },
      some: { length: 1 },
      x: { include: { tags: ["x"] } },
    };
    const opened = await open(files, contracts);
    const [acme, bolt, some, x] = await Promise.all(
      Object.entries(contracts).map(async ([name, keys]) => {
        const { cached } = await findPartnerEdition(opened.site, partnerOf(keys, name), counting);
        return cached.edition;
      }),
    );
    expect(bolt).toBe(acme);
    expect(new Set([acme, some, x].map((edition) => edition?.representation.etag)).size).toBe(3);
    expect(rendered.toSorted()).toEqual(["a", "b"]);
  });

  it("share what public feeds have rendered, if nothing is added to it", async () => {
    const opened = await open(files, { acme: { attribution: false, length: 1 } });
    expect((await fetchFrom(opened.site, new Request(`${ORIGIN}/rss.xml`))).status).toBe(200);
    const rendersNothing: PartnerRenderer = {
      ...rss,
      renderItem: () => {
        throw new Error("it was rendered before");
      },
    };
    const { text } = await bytesOf(opened, partnerOf({ attribution: false, length: 1 }), rendersNothing);
    expect(slugsIn(text)).toEqual(["a"]);
  });

  it.each<[string, object]>([
    ["the text", { text: "summary" }],
    ["the lead", { text: { lead: 1 } }],
    ["the length", { length: 1 }],
    ["the delay", { delay: "90m" }],
    ["the hours", { hours: 1 }],
    ["the line", { attribution: "See {link}" }],
    ["the absence of a line", { attribution: false }],
    ["the licence", { license: "https://l.example/" }],
    ["the selection", { include: { tags: ["x"] } }],
  ])("no longer share it if one differs in %s", async (_, keys) => {
    const opened = await open(files, { acme: {}, bolt: keys });
    const [one, other] = [await bytesOf(opened, partnerOf({})), await bytesOf(opened, partnerOf(keys, "bolt"))];
    expect(other.etag).not.toBe(one.etag);
    const again = await bytesOf(opened, partnerOf({}));
    expect(again).toEqual(one);
  });
});

describe("a dialect", () => {
  const contracts = {
    acme: { include: { languages: ["de"] } },
    bolt: {},
    both: { include: { languages: ["de", "en"] } },
  };
  const files = {
    ...dated("en", START - HOUR),
    ...dated("de", START - 2 * HOUR, { language: "de" }),
    ...dated("at", START - 3 * HOUR, { language: "de-AT" }),
    ...dated("gb", START - 4 * HOUR, { language: "en-GB", withdrawn: { at: iso(START - HOUR), reason: "Wrong." } }),
    ...dated("lu", START - 4 * HOUR, { language: "de-LU", withdrawn: { at: iso(START - HOUR), reason: "Falsch." } }),
  };
  const single: PartnerRenderer = { ...rss, name: "one", fileName: "one.xml", isOfOneLanguage: true };

  it.each<[keyof typeof contracts, string, readonly string[]]>([
    ["acme", "de", ["lu", "de", "at"]],
    ["bolt", "en", ["gb", "en"]],
    ["both", "en", ["gb", "en"]],
  ])("of one language gives %s a feed in %s", async (name, language, expected) => {
    const opened = await open(files, contracts);
    const { text } = await bytesOf(opened, partnerOf(contracts[name], name), single);
    expect(text).toContain(`<language>${language}</language>`);
    expect(slugsIn(text)).toEqual(expected);
  });

  it("gives a story that names no language the feed's, whatever was rendered before for another feed", async () => {
    const naming: PartnerRenderer = {
      ...single,
      renderItem: (item, channel) => [`<guid>${item.id}</guid>${item.language ?? channel.language}\n`],
    };
    const languages = { acme: { include: { languages: ["en-GB", "en"] } }, bolt: { include: { languages: ["en"] } } };
    const opened = await open({ ...files, "site.yaml": site({ language: "en-GB" }) }, languages);
    const first = await bytesOf(opened, partnerOf(languages.acme), naming);
    expect(first.text).toContain("<language>en-GB</language>");
    const alone = await open({ ...files, "site.yaml": site({ language: "en-GB" }) }, languages);
    const expected = await bytesOf(alone, partnerOf(languages.bolt, "bolt"), naming);
    expect(await bytesOf(opened, partnerOf(languages.bolt, "bolt"), naming)).toEqual(expected);
  });

  it("with a limit in bytes leaves out the oldest first, and no more than it must", async () => {
    const many = Object.assign({}, ...[1, 2, 3, 4, 5].map((hour) => dated(`s${hour}`, START - hour * HOUR)));
    const opened = await open(many, { acme: {} });
    const whole = (await bytesOf(opened, partnerOf({}))).text.length;
    const limited = (maxFeedBytes: number): PartnerRenderer => ({ ...rss, name: `max ${maxFeedBytes}`, maxFeedBytes });
    for (const [bytes, expected] of [
      [whole, ["s1", "s2", "s3", "s4", "s5"]],
      [whole - 1, ["s1", "s2", "s3", "s4"]],
      [1, []],
    ] as const) {
      const { text } = await bytesOf(opened, partnerOf({}), limited(bytes));
      expect(slugsIn(text)).toEqual(expected);
      expect(text.length <= bytes || expected.length === 0).toBe(true);
      expect(text).toMatch(/<\/rss>\n$/);
    }
  });

  it("does not hold what was left out in memory", async () => {
    const opened = await open(files, { acme: {} });
    const { fragments } = opened.site.cache;
    const added = new Set<object>();
    const { add, remove } = fragments;
    const spied = {
      ...fragments,
      add: (...all: Parameters<typeof add>) => {
        added.add(all[2]);
        add(...all);
      },
      remove: (document: Parameters<typeof remove>[0]) => {
        added.delete(document);
        remove(document);
      },
    };
    const { cached } = await findPartnerEdition(
      { ...opened.site, cache: { ...opened.site.cache, fragments: spied } },
      partnerOf({}),
      { ...rss, name: "small", maxFeedBytes: 1 },
    );
    expect([...added]).toEqual([cached.edition.feed?.document]);
  });
});

describe("what must not leave the site", () => {
  /** As the compiler marks it: a picture of the story, one in its text, and a file. */
  const mark = (item: Item): Item => ({
    ...item,
    html: '<p>Seen.</p>\n<p><img src="https://courier.example/hidden-in-text.gif" alt=""></p>',
    blocks: [
      { end: 12, kind: "p", elements: ["p"], depth: 1, textLength: 5, media: [] },
      { end: 84, kind: "p", elements: ["img", "p"], depth: 2, textLength: 0, media: [] },
    ],
    replacedBlocks: { partner: { 1: "" }, msn: { 1: "" } },
    unfitFor: [],
    image: { url: `${ORIGIN}/hidden-picture.gif`, type: "image/gif", alt: "hidden-alt", distributable: false },
    attachments: [{ url: `${ORIGIN}/hidden-file.wav`, type: "audio/wav", title: "hidden-title", distributable: false }],
  });

  it.each(partnerRenderers.map((renderer) => [renderer.name, renderer] as const))(
    "is in no feed of a partner: %s",
    async (_, renderer) => {
      const opened = await open(dated("a", START - HOUR), { acme: {} });
      const { store } = opened.site;
      const marked: Store = {
        ...store,
        async *stories(...all) {
          for await (const item of store.stories(...all)) yield mark(item);
        },
      };
      for (const text of ["full", "summary", { lead: 2 }] as const) {
        const site = { ...opened.site, store: marked };
        const partner = partnerOf({ text });
        const found = await bytesOf({ ...opened, site }, partner, renderer);
        expect(found.text).toContain("tag:courier.example,2026:a");
        expect(found.text).not.toContain("hidden");
      }
    },
  );
});

describe("a partner's answers", () => {
  const TOKEN = "a-secret-token-that-nobody-else-has";
  const SHA256 = createHash("sha256").update(TOKEN).digest("hex");

  it("have nothing secret in a key of a cache, nor who asks", async () => {
    const keys: string[] = [];
    const edgeCache: EdgeCache = {
      find: async (key) => void keys.push(key),
      findBytes: async (key) => void keys.push(key),
      put: async (key) => void keys.push(key),
    };
    const acme = {
      formats: ["rss"],
      tokens: [{ sha256: SHA256 }],
      networks: ["192.0.2.0/24"],
      contact: "d@acme.example",
    };
    const files = { ...dated("a", START - HOUR), "partners.yaml": JSON.stringify({ acme }) };
    const served = await serveFiles(files, { now: START, openEdgeCache: () => edgeCache });
    const headers = { authorization: `Bearer ${TOKEN}`, "cf-connecting-ip": "192.0.2.7", "accept-encoding": "gzip" };
    const response = await served.fetch("/partners/acme/rss.xml", { headers });
    expect(response.status).toBe(200);
    await response.arrayBuffer();
    expect(keys.filter((key) => key.startsWith("partners ")).length).toBeGreaterThan(0);
    expect(keys.filter((key) => /secret|acme|192\.0\.2/.test(key) || key.includes(SHA256.slice(0, 8)))).toEqual([]);
    expect(JSON.stringify(headersOf(response)) + (await served.fetch("/partners/acme/rss.xml")).statusText).not.toMatch(
      /secret|192\.0\.2/,
    );
  });
});
