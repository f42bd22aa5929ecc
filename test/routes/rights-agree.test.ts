import fc from "fast-check";
import { expect, it } from "vitest";
import { ORIGIN, site, story } from "../fixtures/publication.ts";
import { childOf, childrenOf, readXml } from "../formats/support/xml-reader.ts";
import { readPage } from "../pages/read-page.ts";
import {
  readContent,
  readLicenseDocument,
  readLicenseLinks,
  readPreference,
  readRobots,
  readTdmFields,
  readTdmRules,
  type StatedRights,
} from "./support/read-rights.ts";
import { NOW } from "./support/sample-site.ts";
import { type ServedSite, serveFiles } from "./support/serve.ts";

// Whatever site.yaml and stories state, each form says just that, as far as it has words for it. What is expected is computed
// without the code under test, and read out of what is served.

const ATOM = "{http://www.w3.org/2005/Atom}";
const MEDIA = "{http://search.yahoo.com/mrss/}";
const RSL = "{https://rslstandard.org/rsl}";

const arbitraryLicense = fc.constantFrom(
  "https://example.net/terms",
  "https://example.net/?a=1&b=%22%3C2%3E",
  "https://creativecommons.org/licenses/by/4.0/",
);

const YES = ["yes", true, "true", "Yes"];
const NO = ["no", false, "false", "NO"];

const arbitraryUse = fc.constantFrom(...YES, ...NO);

const arbitraryUsage = fc
  .record(
    { search: arbitraryUse, "ai-input": arbitraryUse, "ai-train": arbitraryUse, license: arbitraryLicense },
    { requiredKeys: [] },
  )
  .filter((usage) => Object.keys(usage).length > 0);

/** What site.yaml or a story states. */
const arbitraryStatement = fc.record({ usage: arbitraryUsage, license: arbitraryLicense }, { requiredKeys: [] });

type Statement = typeof arbitraryStatement extends fc.Arbitrary<infer Value> ? Value : never;

const isYes = (value: boolean | string | undefined): boolean | undefined =>
  value === undefined ? undefined : YES.includes(value);

const clean = (rights: Readonly<Record<string, boolean | string | undefined>>): StatedRights =>
  JSON.parse(JSON.stringify(rights));

interface Expected {
  /** Undefined: nobody states anything for machines. */
  readonly rights: StatedRights | undefined;
  readonly people: string | undefined;
}

const expectedOf = (ofSite: Statement, own: Statement): Expected => {
  const machines = own.usage?.license ?? ofSite.usage?.license;
  const people = own.license ?? ofSite.license;
  const use = (name: "search" | "ai-input" | "ai-train") => isYes(own.usage?.[name] ?? ofSite.usage?.[name]);
  return {
    rights:
      (own.usage ?? ofSite.usage) &&
      clean({
        search: use("search"),
        aiInput: use("ai-input"),
        aiTrain: use("ai-train"),
        license: machines ?? people,
      }),
    people: people ?? machines,
  };
};

const usesOf = ({ license: _, ...uses }: StatedRights = {}): StatedRights => uses;

/** What TDMRep has words for. */
const tdmOf = ({ aiTrain, license }: StatedRights = {}): StatedRights =>
  clean({ aiTrain, license: aiTrain === false ? license : undefined });

const textAt = async ({ fetch }: ServedSite, path: string): Promise<string | undefined> => {
  const response = await fetch(path);
  return response.status === 404 ? undefined : response.text();
};

/** What the documents about the whole publication say of a path. */
const readDocuments = async (served: ServedSite) => {
  const [license, tdm] = await Promise.all(
    ["/license.xml", "/.well-known/tdmrep.json"].map((path) => textAt(served, path)),
  );
  const robots = readRobots((await textAt(served, "/robots.txt")) ?? "");
  expect(robots.isAllowed).toBe(true);
  expect(robots.licenses).toEqual(license === undefined ? [] : [`${ORIGIN}/license.xml`]);
  return (path: string) => ({
    license: license === undefined ? undefined : readLicenseDocument(license, path),
    tdm: tdm === undefined ? {} : readTdmRules(tdm, path),
    signals: robots.signalsAt(path),
    preference: robots.preferenceAt(path),
  });
};

const documentsSay = ({ rights }: Expected) => ({
  license: rights,
  tdm: tdmOf(rights),
  signals: usesOf(rights),
  preference: usesOf(rights),
});

const readFields = ({ headers }: Response) => ({
  preference: readPreference(headers.get("content-usage")),
  tdm: readTdmFields(headers),
  links: readLicenseLinks(headers),
});

const fieldsSay = (rights: StatedRights | undefined) => ({
  preference: usesOf(rights),
  tdm: tdmOf(rights),
  links: rights === undefined ? [] : [`${ORIGIN}/license.xml`],
});

/** What the entry of a story says in the three formats; JSON Feed by the publisher's own keys. */
const readEntries = async ({ fetch }: ServedSite, path: string) => {
  const item = childOf(childOf(readXml(await (await fetch(`${path}/rss.xml`)).text()), "channel"), "item");
  const content = childrenOf(item, `${RSL}content`);
  expect(content.map(({ attributes }) => attributes.get("url"))).toEqual(content.map(() => ORIGIN + path));
  const entry = childOf(readXml(await (await fetch(`${path}/atom.xml`)).text()), `${ATOM}entry`);
  const { items } = await (await fetch(`${path}/feed.json`)).json<{
    items: readonly Readonly<Record<string, unknown>>[];
  }>();
  const extension: Readonly<Record<string, unknown>> = Object(items[0]?._feedwright);
  const licenseLinks = (links: typeof item.children) =>
    links
      .filter(({ attributes }) => attributes.get("rel") === "license")
      .map(({ attributes }) => attributes.get("href"));
  return {
    rsl: content.map(readContent),
    usage: extension.usage,
    people: {
      rss: licenseLinks(childrenOf(item, `${ATOM}link`)),
      atom: licenseLinks(childrenOf(entry, `${ATOM}link`)),
      json: [extension.license].filter((license) => license !== undefined),
    },
    media: [item, entry].map((one) =>
      childrenOf(one, `${MEDIA}license`).map(({ attributes, text }) => [attributes.get("href"), text]),
    ),
  };
};

const entriesSay = ({ rights, people }: Expected, own: Statement) => {
  const stated = [rights === undefined ? own.license : people].filter((license) => license !== undefined);
  const media = rights === undefined || people === undefined ? [] : [[people, people]];
  return {
    rsl: rights === undefined ? [] : [rights],
    usage:
      rights &&
      clean({ search: rights.search, "ai-input": rights.aiInput, "ai-train": rights.aiTrain, license: rights.license }),
    people: { rss: stated, atom: stated, json: stated },
    media: [media, media],
  };
};

const readArticle = async (response: Response) => {
  const elements = await readPage(await response.text());
  const scripts = elements.filter(({ name }) => name === "script");
  const data: Readonly<Record<string, unknown>> = JSON.parse(
    scripts.find(({ attributes }) => attributes.type === "application/ld+json")?.text ?? "",
  );
  return {
    links: elements
      .filter(({ name, attributes }) => name === "link" && attributes.rel === "license")
      .map(({ attributes }) => attributes.href),
    license: data.license,
    usageInfo: data.usageInfo,
    hasHolder: data.copyrightHolder !== undefined,
    inline: scripts
      .filter(({ attributes }) => attributes.type === "application/rsl+xml")
      .map(({ text }) => childrenOf(readXml(text.trim()), `${RSL}content`).map(readContent)),
  };
};

const articleSays = ({ rights, people }: Expected, own: Statement, ofSite: StatedRights | undefined) => {
  const isSame = JSON.stringify(rights) === JSON.stringify(ofSite);
  return {
    links: [rights === undefined ? own.license : people].filter((license) => license !== undefined),
    license: people,
    usageInfo: rights?.license,
    hasHolder: rights !== undefined,
    inline: rights === undefined || isSame ? [] : [[rights]],
  };
};

/** The strictest of some rights: what holds for a document with all of the stories. */
const strictest = (ofSite: Expected, all: readonly Expected[]): StatedRights | undefined => {
  if (all.every(({ rights }) => rights === undefined)) return undefined;
  const use = (name: "aiInput" | "aiTrain" | "search"): boolean | undefined => {
    const values = all.map(({ rights }) => rights?.[name]);
    if (values.includes(false)) return false;
    return values.includes(undefined) ? undefined : true;
  };
  const licenses = new Set(all.map(({ rights }) => rights?.license));
  return clean({
    search: use("search"),
    aiInput: use("aiInput"),
    aiTrain: use("aiTrain"),
    license: licenses.size === 1 ? [...licenses][0] : ofSite.rights?.license,
  });
};

const PARTNER_FILES = ["rss.xml", "msn.xml", "smartnews.xml", "flipboard.xml", "newsbreak.xml"];
const NEWSML = "{http://iptc.org/std/nar/2006-10-01/}";
const PLUS = "http://ns.useplus.org/ldf/vocab/DMI-";

const CONTRACT = {
  ...{ open: true, attribution: false },
  formats: ["rss", "atom", "json", "msn", "smartnews", "flipboard", "newsbreak", "ninjs", "newsml-g2"],
};

const bodyOf = async ({ fetch }: ServedSite, file: string): Promise<string> =>
  (await fetch(`/partners/acme/${file}`)).text();

/** What a partner's feeds say of a story, by its id; ninjs with the terms, or where they are. */
const readPartnerEntries = async (served: ServedSite, id: string, path: string) => {
  const licenses: Record<string, readonly (string | undefined)[]> = {};
  for (const file of PARTNER_FILES) {
    const items = childrenOf(childOf(readXml(await bodyOf(served, file)), "channel"), "item");
    const item = items.find((one) => childOf(one, "guid").text === id);
    // A story may break a rule of the dialect.
    if (item === undefined) continue;
    licenses[file] = childrenOf(item, `${ATOM}link`)
      .filter(({ attributes }) => attributes.get("rel") === "license")
      .map(({ attributes }) => attributes.get("href"));
  }
  expect(Object.keys(licenses)).toContain("flipboard.xml");
  const { associations } = JSON.parse(await bodyOf(served, "ninjs.json"));
  const { usageTerms, rightsInfo } = associations.find(({ uri }: { uri: string }) => uri === id);
  const newsItem = childrenOf(
    childOf(readXml(await bodyOf(served, "newsml-g2.xml")), `${NEWSML}itemSet`),
    `${NEWSML}newsItem`,
  ).find(({ attributes }) => attributes.get("guid") === id);
  if (newsItem === undefined) throw new Error(`NewsML-G2 lacks ${id}`);
  const rights = childOf(newsItem, `${NEWSML}rightsInfo`);
  const [terms] = childrenOf(rights, `${NEWSML}usageTerms`);
  return {
    licenses,
    ninjs: {
      people: usageTerms,
      machines:
        rightsInfo?.encodedRights === undefined
          ? { license: rightsInfo?.linkedRights }
          : readLicenseDocument(rightsInfo.encodedRights, path),
    },
    newsml: {
      people: [terms?.text, terms?.attributes.get("href")],
      machines: childrenOf(rights, `${NEWSML}link`).map(({ attributes }) => attributes.get("href")),
      mining: childrenOf(rights, `${NEWSML}dataMining`).map(({ attributes }) => attributes.get("uri")),
    },
  };
};

/** The terms of the PLUS vocabulary for data mining, from the strictest on: the first whose condition holds. */
const miningOf = ({ search, aiInput, aiTrain }: StatedRights = {}): readonly string[] => {
  if (aiTrain === false && aiInput === false && search === false) return [`${PLUS}PROHIBITED`];
  if (aiTrain === false && aiInput === false && search === true)
    return [`${PLUS}PROHIBITED-EXCEPTSEARCHENGINEINDEXING`];
  if (aiTrain === false) return [`${PLUS}PROHIBITED-AIMLTRAINING`];
  return search === true && aiInput === true && aiTrain === true ? [`${PLUS}ALLOWED`] : [];
};

const partnerEntriesSay = ({ rights, people }: Expected, own: Statement, files: readonly string[]) => {
  const stated = [rights === undefined ? own.license : people].filter((license) => license !== undefined);
  const machines = rights?.license === undefined ? rights : { license: rights.license };
  return {
    licenses: Object.fromEntries(files.map((file) => [file, stated])),
    ninjs: { people, machines: machines ?? { license: people } },
    newsml: {
      people: [people, people],
      machines: [rights?.license].filter((license) => license !== undefined),
      mining: miningOf(rights),
    },
  };
};

it("all forms of a publication and of its stories agree with what is stated, whatever that is", async () => {
  const arbitrarySite = fc.record({
    ofSite: arbitraryStatement,
    // The slug of one is the beginning of another's.
    stories: fc.record({ a: arbitraryStatement, "a-b": arbitraryStatement, "\u00e4.c": arbitraryStatement }),
    ofContract: fc.record({ license: arbitraryLicense }, { requiredKeys: [] }),
  });
  await fc.assert(
    fc.asyncProperty(arbitrarySite, async ({ ofSite, stories, ofContract }) => {
      const files = Object.entries(stories).map(([slug, own], index) => [
        `${index}.md`,
        story(`story-${index}`, { slug, ...own }),
      ]);
      const partners = { "partners.yaml": JSON.stringify({ acme: { ...CONTRACT, ...ofContract } }) };
      const served = await serveFiles(
        { "site.yaml": site(ofSite), ...partners, ...Object.fromEntries(files) },
        { now: NOW },
      );
      const publication = expectedOf(ofSite, {});
      const documentsAt = await readDocuments(served);
      const all = Object.entries(stories).map(([slug, own]) => ({
        ...{ slug, own },
        path: `/articles/${encodeURIComponent(slug)}`,
        expected: expectedOf(ofSite, own),
      }));
      for (const path of ["/", "/rss.xml", "/articles", "/articles/a-", "/articles/other"]) {
        expect([path, documentsAt(path)]).toEqual([path, documentsSay(publication)]);
      }
      for (const { path, own, expected } of all) {
        for (const one of [path, `${path}/rss.xml`, `${path}/republish`]) {
          expect([one, documentsAt(one)]).toEqual([one, documentsSay(expected)]);
        }
        const page = await served.fetch(path);
        expect([path, readFields(page)]).toEqual([path, fieldsSay(expected.rights)]);
        expect([path, await readArticle(page)]).toEqual([path, articleSays(expected, own, publication.rights)]);
        for (const file of ["rss.xml", "atom.xml", "feed.json"]) {
          const feed = await served.fetch(`${path}/${file}`);
          expect([path, file, readFields(feed)]).toEqual([path, file, fieldsSay(expected.rights)]);
          await feed.body?.cancel();
        }
        expect([path, await readEntries(served, path)]).toEqual([path, entriesSay(expected, own)]);
      }
      const head = childOf(readXml(await bodyOf(served, "rss.xml")), "channel");
      expect(childrenOf(head, `${ATOM}link`).map(({ attributes }) => attributes.get("href"))).toEqual(
        [ofContract.license ?? publication.people].filter((license) => license !== undefined),
      );
      for (const [index, { path, own }] of all.entries()) {
        const license = ofContract.license ?? own.license;
        const ofPartner = { ...own, ...(license !== undefined && { license }) };
        const found = await readPartnerEntries(served, `tag:courier.example,2026:story-${index}`, path);
        const expected = partnerEntriesSay(expectedOf(ofSite, ofPartner), ofPartner, Object.keys(found.licenses));
        expect([path, found]).toEqual([path, expected]);
      }
      const ofAll = strictest(
        publication,
        all.map(({ expected }) => expected),
      );
      for (const path of ["/", "/rss.xml", "/atom.xml", "/feed.json", "/feed"]) {
        const response = await served.fetch(path);
        expect([path, readFields(response)]).toEqual([path, fieldsSay(ofAll)]);
        await response.body?.cancel();
      }
      const feed = await (await served.fetch("/feed.json")).json<{ _feedwright?: Readonly<Record<string, unknown>> }>();
      expect(feed._feedwright?.license).toBe(publication.people);
      expect(feed._feedwright?.usage).toEqual(entriesSay(publication, {}).usage);
    }),
    { numRuns: 40 },
  );
});
