import { beforeAll, describe, expect, it } from "vitest";
import { compileText, type Files, GIF, instant, site, story, wave } from "../fixtures/publication.ts";
import { assetsOf, headersOf, type Served, serveText } from "./serve.ts";

// Walks over every address of a publication, before, at and after every moment at which something appears or
// disappears, and looks for words that readers must not see. Each story's words begin with an animal of its own.

const LIFTS = instant("2026-03-02T00:00:00Z");
const EXPIRES = instant("2026-03-03T00:00:00Z");
const WITHDRAWN = instant("2026-03-04T00:00:00Z");
const NOTICE_ENDS = instant("2026-03-05T00:00:00Z");
const EDITED = instant("2026-03-06T00:00:00Z");

const iso = (time: number): string => new Date(time).toISOString();

/** What only those may read who may see the story. */
const privateWords = (animal: string) => ({
  title: `${animal}Title`,
  summary: `${animal}Summary`,
  body: `${animal}Body`,
  tag: `${animal}Tag`,
  author: `${animal}Author`,
  alias: `${animal}Alias`,
  alt: `${animal}Alt`,
  credit: `${animal}Credit`,
  picture: `${animal}Picture`,
  sound: `${animal}Sound`,
  soundTitle: `${animal}Interview`,
  source: `${animal}Source`,
  note: `${animal}Note`,
  license: `${animal}License`.toLowerCase(),
});

const tell = (animal: string, front: Readonly<Record<string, unknown>> = {}): Files => {
  const words = privateWords(animal);
  return {
    [`${animal}.md`]: story(
      `${animal}Id`,
      {
        title: words.title,
        summary: words.summary,
        slug: `${animal}Slug`,
        tags: [words.tag],
        authors: [{ name: words.author }],
        section: "world",
        aliases: [words.alias],
        image: { src: `media/${words.picture}.gif`, alt: words.alt, credit: words.credit },
        attachments: [{ src: `media/${words.sound}.wav`, title: words.soundTitle }],
        source: { title: words.source },
        corrections: [{ at: "2026-01-02T00:00:00Z", note: words.note }],
        license: `https://${words.license}.example/`,
        ...front,
      },
      words.body,
    ),
    [`media/${words.picture}.gif`]: GIF,
    [`media/${words.sound}.wav`]: wave(100),
  };
};

const EMBARGOED = { published: iso(LIFTS), corrections: [{ at: iso(LIFTS), note: "QuaggaNote" }] };
const RETRACTED = { withdrawn: { at: iso(WITHDRAWN), reason: "TapirReason" } };

/** What is deployed, one version after the other. */
const publication = (tapir: object, lemur: object): Files => ({
  "site.yaml": site({ sections: { world: "World" }, noticeDays: 1 }),
  ...tell("Lemur", { ...lemur }),
  ...tell("Quagga", EMBARGOED),
  ...tell("Okapi", { expires: iso(EXPIRES) }),
  ...tell("Tapir", { ...tapir }),
  ...tell("Numbat", { draft: true }),
});

const versions = [
  { deployed: instant("2026-03-01T00:00:00Z"), files: publication({}, {}) },
  { deployed: WITHDRAWN, files: publication(RETRACTED, {}) },
  { deployed: EDITED, files: publication(RETRACTED, { summary: "LemurSummary, edited without a word" }) },
];

type Standing = "hidden" | "visible" | "gone";

/** How each story stands; told without the code that is tested. */
const standings = (now: number): Readonly<Record<string, Standing>> => ({
  Lemur: "visible",
  Quagga: now < LIFTS ? "hidden" : "visible",
  Okapi: now < EXPIRES ? "visible" : "gone",
  Tapir: now < WITHDRAWN ? "visible" : "gone",
  Numbat: "hidden",
});

const ANIMALS = Object.keys(standings(0));
const FILES = ["/rss.xml", "/atom.xml", "/feed.json"];

const feedsOf = (view: string): readonly string[] => FILES.flatMap((file) => [view + file, `/summaries${view}${file}`]);

const articlesOf = (animal: string): readonly string[] => [
  `/articles/${animal}Slug`,
  ...feedsOf(`/articles/${animal}Slug`),
  `/articles/${animal}Alias`,
  ...feedsOf(`/articles/${animal}Alias`),
];
const scopesOf = (animal: string): readonly string[] => [
  ...feedsOf(`/tags/${animal.toLowerCase()}tag`),
  ...feedsOf(`/authors/${animal.toLowerCase()}author`),
];
const mediaOf = (animal: string): readonly string[] => [`/media/${animal}Picture.gif`, `/media/${animal}Sound.wav`];

const addresses: readonly string[] = [
  "/",
  "/style.css",
  "/feed",
  "/feed.xml",
  "/nothing",
  ...feedsOf(""),
  ...feedsOf("/sections/world"),
  ...ANIMALS.flatMap((animal) => [...articlesOf(animal), ...scopesOf(animal), ...mediaOf(animal)]),
];

interface Seen {
  readonly status: number;
  readonly etag: string | null;
  readonly modified: number;
  readonly body: string;
  /** All that the client got. */
  readonly all: string;
}

const latin1 = new TextDecoder("latin1");

const see = async ({ fetch }: Served, path: string, accept: string): Promise<Seen> => {
  const response = await fetch(path, { headers: { accept } });
  const body = latin1.decode(await response.bytes());
  const { etag = null, ...headers } = headersOf(response);
  const modified = Date.parse(headers["last-modified"] ?? "");
  return { status: response.status, etag, modified, body, all: `${JSON.stringify(headers)}\n${body}` };
};

const moments = [versions[0]?.deployed ?? 0, LIFTS, EXPIRES, WITHDRAWN, NOTICE_ENDS, EDITED].flatMap((time) =>
  [-1000, -1, 0, 1000].map((offset) => time + offset),
);

const walks: { readonly now: number; readonly seen: ReadonlyMap<string, Seen> }[] = [];

beforeAll(async () => {
  const served = await Promise.all(
    versions.map(async ({ files, deployed }) => ({
      deployed,
      ...serveText(await compileText(files), { now: 0, deployed, assets: assetsOf(files) }),
    })),
  );
  for (const now of moments) {
    const version = served.findLast(({ deployed }) => deployed <= now) ?? served[0];
    if (version === undefined) throw new Error("nothing is deployed");
    version.clock.now = now;
    const seen = new Map<string, Seen>();
    for (const accept of ["*/*", "text/html"]) {
      for (const path of addresses) seen.set(`${path} ${accept}`, await see(version, path, accept));
    }
    walks.push({ now, seen });
  }
});

const at = (now: number): ReadonlyMap<string, Seen> => walks.find((walk) => walk.now === now)?.seen ?? new Map();

const statuses = (seen: ReadonlyMap<string, Seen>, paths: readonly string[]): readonly (number | undefined)[] => [
  ...new Set(paths.map((path) => seen.get(`${path} */*`)?.status)),
];

describe.each(moments.map((now) => ({ now, when: iso(now) })))("at $when", ({ now }) => {
  const those = (standing: Standing): readonly string[] =>
    ANIMALS.filter((animal) => standings(now)[animal] === standing);

  const findings = (words: readonly string[]): readonly string[] =>
    [...at(now)].flatMap(([address, { all }]) =>
      words.filter((word) => all.includes(word)).map((word) => `${word} at ${address}`),
    );

  it("nothing anywhere hints at a hidden story", () => {
    expect(at(now).size).toBe(addresses.length * 2);
    const hidden = those("hidden").map((animal) => new RegExp(animal, "i"));
    const hints = [...at(now)].filter(([, { all }]) => hidden.some((animal) => animal.test(all)));
    expect(hints.map(([address]) => address)).toEqual([]);
  });

  it("every address of a hidden story is answered as one that never was", () => {
    const unknown = at(now).get("/nothing */*");
    for (const animal of those("hidden")) {
      for (const path of [...articlesOf(animal), ...scopesOf(animal), ...mediaOf(animal)]) {
        expect(at(now).get(`${path} */*`)).toEqual(unknown);
      }
    }
  });

  it("all of a visible story can be read, so that this test would see it elsewhere as well", () => {
    for (const animal of those("visible")) {
      const words = Object.values(privateWords(animal)).filter((word) => !word.endsWith("Alias"));
      for (const word of words) expect(findings([word])).not.toEqual([]);
      const [page, ...feeds] = articlesOf(animal);
      expect(statuses(at(now), [page ?? ""])).toEqual([200]);
      expect(statuses(at(now), feeds)).toEqual([200, 301]);
      expect(statuses(at(now), [...scopesOf(animal), ...mediaOf(animal)])).toEqual([200]);
    }
  });

  it("nothing is left of a story that is gone but its id, its address and the reason", () => {
    for (const animal of those("gone")) {
      expect(findings(Object.values(privateWords(animal)))).toEqual([]);
      expect(statuses(at(now), articlesOf(animal))).toEqual([410]);
      expect(statuses(at(now), scopesOf(animal))).toEqual([200]);
      expect(statuses(at(now), mediaOf(animal))).toEqual([404]);
      expect(at(now).get("/atom.xml */*")?.body).toContain(`ref="tag:courier.example,2026:${animal}Id"`);
    }
    const isNoticed = now >= WITHDRAWN && now < NOTICE_ENDS;
    for (const path of ["/rss.xml", "/feed.json", "/tags/tapirtag/rss.xml"]) {
      expect(at(now).get(`${path} */*`)?.body.includes("TapirReason")).toBe(isNoticed);
    }
  });

  it("no answer is dated in the future, and no two documents share a tag", () => {
    const documents = new Map<string, string>();
    for (const [address, { etag, modified, body }] of at(now)) {
      if (etag === null) continue;
      if (!Number.isNaN(modified)) expect(modified).toBeLessThanOrEqual(Math.max(now, versions[0]?.deployed ?? 0));
      if (!etag.startsWith("W/")) continue;
      const other = documents.get(etag);
      expect({ address, isSame: (other ?? body) === body }).toEqual({ address, isSame: true });
      documents.set(etag, body);
    }
    expect(documents.size).toBeGreaterThan(20);
  });
});

describe("from moment to moment", () => {
  interface Step {
    readonly address: string;
    readonly now: number;
    readonly before: Seen;
    readonly after: Seen;
  }

  /** Each 200 of an address beside the 200 before it. */
  const steps = (): readonly Step[] =>
    addresses.flatMap((path) => {
      const address = `${path} */*`;
      const seen = walks.flatMap(({ now, seen }) => {
        const one = seen.get(address);
        return one?.status === 200 && one.etag?.startsWith("W/") ? [{ now, one }] : [];
      });
      return seen.slice(1).flatMap(({ now, one }, index) => {
        const before = seen[index]?.one;
        return before === undefined ? [] : [{ address, now, before, after: one }];
      });
    });

  it("a tag changes exactly when the bytes do", () => {
    const changes = steps().filter(({ before, after }) => before.body !== after.body);
    expect(changes.length).toBeGreaterThan(50);
    for (const { address, now, before, after } of steps()) {
      const isChanged = before.body !== after.body;
      expect({ address, now, isChanged: before.etag !== after.etag }).toEqual({ address, now, isChanged });
    }
  });

  it("Last-Modified moves forward whenever the tag changes, and never back", () => {
    for (const { address, now, before, after } of steps()) {
      const moved = after.modified - before.modified;
      const isRight = before.etag === after.etag ? moved >= 0 : moved >= 1000;
      expect({ address, now, moved, isRight }).toEqual({ address, now, moved, isRight: true });
    }
  });

  it("something changes at each of them, in the main feed", () => {
    const changed = steps().filter(
      ({ address, before, after }) => address === "/rss.xml */*" && before.etag !== after.etag,
    );
    expect(changed.map(({ now }) => now)).toEqual([LIFTS, EXPIRES, WITHDRAWN, NOTICE_ENDS, EDITED]);
  });
});
