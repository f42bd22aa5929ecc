import { beforeAll, describe, expect, it } from "vitest";
import { compileText } from "../fixtures/publication.ts";
import { assetsOf, headersOf, type Served, serveText } from "./serve.ts";
import {
  ANIMALS,
  addresses,
  articlesOf,
  EDITED,
  EXPIRES,
  LIFTS,
  mediaOf,
  NOTICE_ENDS,
  privateWords,
  scopesOf,
  standings,
  type Visibility,
  versions,
  WITHDRAWN,
} from "./timed-stories.ts";

// Walks over every address of a publication, before, at and after every moment at which something appears or
// disappears, and looks for words that readers must not see. Each story's words begin with an animal of its own.

interface Seen {
  readonly status: number;
  readonly etag: string | null;
  readonly modified: number;
  readonly body: string;
  /** All that the client got. */
  readonly all: string;
}

const latin1 = new TextDecoder("latin1");

const see = async ({ fetch }: Served, path: string, asked: Readonly<Record<string, string>>): Promise<Seen> => {
  const response = await fetch(path, { headers: asked });
  const body = latin1.decode(await response.bytes());
  const { etag = null, ...headers } = headersOf(response);
  const modified = Date.parse(headers["last-modified"] ?? "");
  return { status: response.status, etag, modified, body, all: `${JSON.stringify(headers)}\n${body}` };
};

const snapshots = [versions[0]?.deployed ?? 0, LIFTS, EXPIRES, WITHDRAWN, NOTICE_ENDS, EDITED].flatMap((time) =>
  [-1000, -1, 0, 1000].map((offset) => time + offset),
);

interface Walk {
  readonly now: number;
  readonly seen: ReadonlyMap<string, Seen>;
  /** What clients are sent that hold the documents of the moment before, and want only what is new. */
  readonly deltas: ReadonlyMap<string, Seen>;
}

const walks: Walk[] = [];

beforeAll(async () => {
  const served = await Promise.all(
    versions.map(async ({ files, deployed }) => ({
      deployed,
      ...serveText(await compileText(files), { now: 0, deployed, assets: assetsOf(files) }),
    })),
  );
  for (const now of snapshots) {
    const version = served.findLast(({ deployed }) => deployed <= now) ?? served[0];
    if (version === undefined) throw new Error("nothing is deployed");
    version.clock.now = now;
    const seen = new Map<string, Seen>();
    for (const accept of ["*/*", "text/html"]) {
      for (const path of addresses) seen.set(`${path} ${accept}`, await see(version, path, { accept }));
    }
    const deltas = new Map<string, Seen>();
    for (const path of addresses) {
      const tag = walks.at(-1)?.seen.get(`${path} */*`)?.etag ?? undefined;
      if (tag === undefined) continue;
      const one = await see(version, path, { "a-im": "feed", "if-none-match": tag });
      if (one.status === 226) deltas.set(`${path} delta`, one);
    }
    walks.push({ now, seen, deltas });
  }
});

const at = (now: number): ReadonlyMap<string, Seen> => walks.find((walk) => walk.now === now)?.seen ?? new Map();

/** Documents and deltas. */
const allAt = (now: number): readonly (readonly [string, Seen])[] => [
  ...at(now),
  ...(walks.find((walk) => walk.now === now)?.deltas ?? []),
];

const statuses = (seen: ReadonlyMap<string, Seen>, paths: readonly string[]): readonly (number | undefined)[] => [
  ...new Set(paths.map((path) => seen.get(`${path} */*`)?.status)),
];

describe.each(snapshots.map((now) => ({ now, when: new Date(now).toISOString() })))("at $when", ({ now }) => {
  const those = (visibility: Visibility): readonly string[] =>
    ANIMALS.filter((animal) => standings(now)[animal] === visibility);

  const findings = (words: readonly string[]): readonly string[] =>
    allAt(now).flatMap(([address, { all }]) =>
      words.filter((word) => all.includes(word)).map((word) => `${word} at ${address}`),
    );

  it("nothing anywhere hints at a hidden story", () => {
    expect(at(now).size).toBe(addresses.length * 2);
    const hidden = those("hidden").map((animal) => new RegExp(animal, "i"));
    const hints = allAt(now).filter(([, { all }]) => hidden.some((animal) => animal.test(all)));
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

  it("deltas are sent, so that this test has looked at them", () => {
    expect(walks.reduce((sum, { deltas }) => sum + deltas.size, 0)).toBeGreaterThan(20);
  });

  it("something changes at each of them, in the main feed", () => {
    const changed = steps().filter(
      ({ address, before, after }) => address === "/rss.xml */*" && before.etag !== after.etag,
    );
    expect(changed.map(({ now }) => now)).toEqual([LIFTS, EXPIRES, WITHDRAWN, NOTICE_ENDS, EDITED]);
  });
});
