import fc from "fast-check";
import { expect, it } from "vitest";
import { sha256 } from "../../src/lib/sha256.ts";
import { GIF, ORIGIN, site, story } from "../fixtures/publication.ts";
import { childrenOf, readXml } from "../formats/support/xml-reader.ts";
import { readPage } from "../pages/read-page.ts";
import {
  type ReadFeedRights,
  readAtomRights,
  readJsonRights,
  readNewsmlRights,
  readNinjsRights,
  readRssRights,
} from "./support/read-feed-rights.ts";
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

const TITLE = "The Courier";
const RSL = "https://rslstandard.org/rsl";
const PLUS = "http://ns.useplus.org/ldf/vocab/DMI-";

const defined = <Values extends object>(
  values: Values,
): { readonly [Key in keyof Values]?: Exclude<Values[Key], undefined> } => JSON.parse(JSON.stringify(values));

const present = <Value>(value: Value | undefined): readonly Value[] => (value === undefined ? [] : [value]);

/** Undefined in half of all cases: what is not stated here may be stated elsewhere. */
const maybe = <Value>(arbitrary: fc.Arbitrary<Value>): fc.Arbitrary<Value | undefined> =>
  fc.option(arbitrary, { nil: undefined, freq: 2 });

const arbitraryLicense = fc.constantFrom(
  "https://example.net/terms",
  "https://example.net/?a=1&b=%22%3C2%3E",
  "https://creativecommons.org/licenses/by/4.0/",
);

const YES = ["yes", true, "true", "Yes"];
const NO = ["no", false, "false", "NO"];

const arbitraryUse = fc.constantFrom(...YES, ...NO);

const arbitraryUsage = fc
  .record({
    search: maybe(arbitraryUse),
    "ai-input": maybe(arbitraryUse),
    "ai-train": maybe(arbitraryUse),
    license: maybe(arbitraryLicense),
  })
  .map(defined)
  .filter((usage) => Object.keys(usage).length > 0);

/** What a story states. */
const arbitraryStatement = fc.record({ usage: maybe(arbitraryUsage), license: maybe(arbitraryLicense) }).map(defined);

/** What site.yaml states. */
const arbitrarySiteStatement = fc
  .record({
    usage: maybe(arbitraryUsage),
    license: maybe(arbitraryLicense),
    rights: maybe(fc.constantFrom("© 2026 The Courier", "All <rights> & more")),
  })
  .map(defined);

type Statement = typeof arbitraryStatement extends fc.Arbitrary<infer Value> ? Value : never;

type SiteStatement = typeof arbitrarySiteStatement extends fc.Arbitrary<infer Value> ? Value : never;

const isYes = (value: boolean | string | undefined): boolean | undefined =>
  value === undefined ? undefined : YES.includes(value);

/** What is in force. */
interface Expected {
  /** Undefined: nobody states anything for machines. */
  readonly rights: StatedRights | undefined;
  readonly people: string | undefined;
  /** The licences that stand with a story, or with a feed or page of the publication. */
  readonly links: readonly string[];
  readonly copyright: string | undefined;
}

/** Of a story: its own licence stands with it, and where `usage` is stated the one that is in force. */
const expectedOf = (ofSite: SiteStatement, own: Statement): Expected => {
  const machines = own.usage?.license ?? ofSite.usage?.license;
  const people = own.license ?? ofSite.license;
  const use = (name: "search" | "ai-input" | "ai-train") => isYes(own.usage?.[name] ?? ofSite.usage?.[name]);
  const isForMachines = (own.usage ?? ofSite.usage) !== undefined;
  return {
    rights: isForMachines
      ? defined({
          search: use("search"),
          aiInput: use("ai-input"),
          aiTrain: use("ai-train"),
          license: machines ?? people,
        })
      : undefined,
    people: people ?? machines,
    links: present(isForMachines ? (people ?? machines) : own.license),
    copyright: ofSite.rights,
  };
};

/** Of the publication: its licence stands with it, with or without `usage`. */
const expectedOfSite = (ofSite: SiteStatement): Expected => {
  const expected = expectedOf(ofSite, {});
  return { ...expected, links: present(expected.people) };
};

const usesOf = ({ license: _, ...uses }: StatedRights = {}): StatedRights => uses;

/** What TDMRep has words for. */
const tdmOf = ({ aiTrain, license }: StatedRights = {}): StatedRights =>
  defined({ aiTrain, license: aiTrain === false ? license : undefined });

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

/** What holds for everybody is in /license.xml. */
const fieldsSay = (rights: StatedRights | undefined) => ({
  preference: usesOf(rights),
  tdm: tdmOf(rights),
  links: rights === undefined ? [] : [`${ORIGIN}/license.xml`],
});

/** A contract's own licence stands in place of that: nothing links to /license.xml. */
const fieldsSayByContract = (rights: StatedRights | undefined) => ({ ...fieldsSay(rights), links: [] });

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
    copyright: data.copyrightNotice,
    inline: scripts
      .filter(({ attributes }) => attributes.type === "application/rsl+xml")
      .map(({ text }) => childrenOf(readXml(text.trim()), `{${RSL}}content`).map(readContent)),
  };
};

const articleSays = ({ rights, people, links, copyright }: Expected, ofSite: StatedRights | undefined) => {
  const isSame = JSON.stringify(rights) === JSON.stringify(ofSite);
  return {
    links,
    license: people,
    usageInfo: rights?.license,
    hasHolder: rights !== undefined,
    copyright: rights && copyright,
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
  return defined({
    search: use("search"),
    aiInput: use("aiInput"),
    aiTrain: use("aiTrain"),
    license: licenses.size === 1 ? [...licenses][0] : ofSite.rights?.license,
  });
};

const usageOf = (rights: StatedRights | undefined) =>
  rights &&
  defined({ search: rights.search, "ai-input": rights.aiInput, "ai-train": rights.aiTrain, license: rights.license });

/** The terms of the PLUS vocabulary for data mining, from the strictest on: the first whose condition holds. */
const miningOf = ({ search, aiInput, aiTrain }: StatedRights = {}): readonly string[] => {
  if (aiTrain === false && aiInput === false && search === false) return [`${PLUS}PROHIBITED`];
  if (aiTrain === false && aiInput === false && search === true)
    return [`${PLUS}PROHIBITED-EXCEPTSEARCHENGINEINDEXING`];
  if (aiTrain === false) return [`${PLUS}PROHIBITED-AIMLTRAINING`];
  return search === true && aiInput === true && aiTrain === true ? [`${PLUS}ALLOWED`] : [];
};

/** How a form says what is stated, as far as it has words for it. */
interface Form {
  readonly read: ReadFeedRights;
  readonly head: (expected: Expected) => unknown;
  readonly story: (expected: Expected, url: string) => unknown;
}

const mediaOf = ({ rights, people }: Expected) =>
  rights === undefined ? [] : present(people).map((href) => [href, href]);

const contentOf = ({ rights }: Expected, url: string) => present(rights).map((one) => ({ url, rights: one }));

/** What is RSS for a partner says the licence, and machines read the header fields. */
const dialect: Form = {
  read: readRssRights,
  head: ({ links, copyright }) => ({ licenses: links, media: [], machines: [], copyright }),
  story: ({ links }) => ({ licenses: links, media: [], machines: [] }),
};

const publicForms: Readonly<Record<string, Form>> = {
  "rss.xml": {
    ...dialect,
    story: (expected, url) => ({
      licenses: expected.links,
      media: mediaOf(expected),
      machines: contentOf(expected, url),
    }),
  },
  "atom.xml": {
    read: readAtomRights,
    head: ({ links, copyright }) => ({ licenses: links, media: [], copyright }),
    story: (expected) => ({ licenses: expected.links, media: mediaOf(expected) }),
  },
  "feed.json": {
    read: readJsonRights,
    head: ({ links, rights, copyright }) => ({ licenses: links, machines: usageOf(rights), copyright }),
    story: ({ links, rights }) => ({ licenses: links, machines: usageOf(rights) }),
  },
};

const partnerForms: Readonly<Record<string, Form>> = {
  ...publicForms,
  ...{ "msn.xml": dialect, "smartnews.xml": dialect, "flipboard.xml": dialect, "newsbreak.xml": dialect },
  "ninjs.json": {
    read: readNinjsRights,
    head: () => undefined,
    story: (expected, url) => {
      const { rights, people, copyright } = expected;
      const terms = rights === undefined ? people : rights.license;
      const machines = terms === undefined ? contentOf(expected, url) : [];
      const language = machines.length === 0 ? undefined : RSL;
      return { people, holder: TITLE, copyright, terms, language, machines };
    },
  },
  "newsml-g2.xml": {
    read: readNewsmlRights,
    head: () => undefined,
    story: ({ rights, people, copyright }) => ({
      people: present(people).map((href) => [href, href]),
      holder: [`${ORIGIN}/`, TITLE],
      copyright,
      terms: present(rights?.license),
      mining: miningOf(rights),
    }),
  },
};

/** Stories as a feed has them. */
type Stories = readonly { readonly id: string; readonly url: string; readonly expected: Expected }[];

/** Expects the files of a folder to say what is stated, in their bytes and in their header fields. */
const expectFeeds = async (
  { fetch }: Pick<ServedSite, "fetch">,
  folder: string,
  forms: Readonly<Record<string, Form>>,
  ofFeed: Expected,
  stories: Stories,
  say = fieldsSay,
): Promise<void> => {
  const fields = say(
    strictest(
      ofFeed,
      stories.map(({ expected }) => expected),
    ),
  );
  for (const [file, { read, head, story: ofStory }] of Object.entries(forms)) {
    const path = `${folder}/${file}`;
    const response = await fetch(path);
    const all = Object.fromEntries(stories.map(({ id, url, expected }) => [id, ofStory(expected, url)]));
    expect([path, readFields(response)]).toEqual([path, fields]);
    expect([path, read(await response.text())]).toEqual([path, { head: head(ofFeed), stories: all }]);
  }
};

const TOKEN = "the-token-of-a-partner-in-this-test";

const CONTRACT = {
  ...{ tokens: [{ sha256: sha256(TOKEN) }], attribution: false },
  formats: ["rss", "atom", "json", "msn", "smartnews", "flipboard", "newsbreak", "ninjs", "newsml-g2"],
};

/** A story that fits all dialects. */
const fitting = (index: number, own: Statement & { readonly slug: string }): string =>
  story(
    `story-${index}`,
    { title: `A story that is number ${index}`, image: { src: "media/a.gif", alt: "" }, ...own },
    "It has all the words that partners want. ".repeat(20),
  );

it("all forms of a publication and of its stories agree with what is stated, whatever that is", async () => {
  const arbitrarySite = fc.record({
    ofSite: arbitrarySiteStatement,
    // The slug of one is the beginning of another's.
    stated: fc.record({ a: arbitraryStatement, "a-b": arbitraryStatement, "\u00e4.c": arbitraryStatement }),
    license: arbitraryLicense,
  });
  await fc.assert(
    fc.asyncProperty(arbitrarySite, async ({ ofSite, stated, license }) => {
      const files = Object.entries(stated).map(([slug, own], index) => [
        `${index}.md`,
        fitting(index, { slug, ...own }),
      ]);
      const served = await serveFiles(
        {
          "site.yaml": site({ title: TITLE, ...ofSite }),
          "partners.yaml": JSON.stringify({ acme: CONTRACT, "by-contract": { ...CONTRACT, license } }),
          "media/a.gif": GIF,
          ...Object.fromEntries(files),
        },
        { now: NOW },
      );
      const publication = expectedOfSite(ofSite);
      const documentsAt = await readDocuments(served);
      const stories = Object.entries(stated).map(([slug, own], index) => {
        const path = `/articles/${encodeURIComponent(slug)}`;
        const id = `tag:courier.example,2026:story-${index}`;
        return { path, id, url: ORIGIN + path, own, expected: expectedOf(ofSite, own) };
      });
      for (const path of ["/", "/rss.xml", "/articles", "/articles/a-", "/articles/other"]) {
        expect([path, documentsAt(path)]).toEqual([path, documentsSay(publication)]);
      }
      for (const one of stories) {
        const { path, expected } = one;
        for (const below of [path, `${path}/rss.xml`, `${path}/republish`]) {
          expect([below, documentsAt(below)]).toEqual([below, documentsSay(expected)]);
        }
        const page = await served.fetch(path);
        expect([path, readFields(page)]).toEqual([path, fieldsSay(expected.rights)]);
        expect([path, await readArticle(page)]).toEqual([path, articleSays(expected, publication.rights)]);
        await expectFeeds(served, path, publicForms, publication, [one]);
      }
      await expectFeeds(served, "", publicForms, publication, stories);
      const forPartner: Pick<ServedSite, "fetch"> = {
        fetch: (path) => served.fetch(path, { headers: { authorization: `Bearer ${TOKEN}` } }),
      };
      await expectFeeds(forPartner, "/partners/acme", partnerForms, publication, stories);
      const byContract = stories.map(({ own, ...one }) => ({
        ...one,
        expected: expectedOf(ofSite, { ...own, license }),
      }));
      const ofContract = expectedOfSite({ ...ofSite, license });
      await expectFeeds(forPartner, "/partners/by-contract", partnerForms, ofContract, byContract, fieldsSayByContract);
      const terms = await forPartner.fetch("/partners/by-contract");
      expect([await terms.json(), readLicenseLinks(terms.headers)]).toEqual([expect.objectContaining({ license }), []]);
      const ofAll = strictest(
        publication,
        stories.map(({ expected }) => expected),
      );
      for (const path of ["/", "/feed"]) {
        const response = await served.fetch(path);
        expect([path, readFields(response)]).toEqual([path, fieldsSay(ofAll)]);
        await response.body?.cancel();
      }
    }),
    { numRuns: 40 },
  );
});
