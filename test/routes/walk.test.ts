import { beforeAll, describe, expect, it } from "vitest";
import { isFeedPath } from "../../src/routes/url-map.ts";
import { compileText } from "../fixtures/publication.ts";
import { assetsOf, headersOf, type ServedSite, serveText } from "./support/serve.ts";
import {
  articlesOf,
  EDITED,
  EXPIRES,
  LIFTS,
  mediaOf,
  NAMES,
  NOTICE_ENDS,
  paths,
  scopePagesOf,
  scopesOf,
  type Visibility,
  versions,
  visibilities,
  WITHDRAWN,
  wordsOf,
} from "./support/timed-stories.ts";

// Requests every path of a site before, at and after every moment at which something changes, and searches all that a
// client gets for texts that readers must not see.

interface Answer {
  readonly status: number;
  readonly etag: string | null;
  readonly modified: number;
  readonly body: string;
  /** All headers but the ETag, and the body. */
  readonly all: string;
}

const latin1 = new TextDecoder("latin1");

const request = async (
  { fetch }: ServedSite,
  path: string,
  requestHeaders: Readonly<Record<string, string>>,
): Promise<Answer> => {
  const response = await fetch(path, { headers: requestHeaders });
  const body = latin1.decode(await response.bytes());
  const { etag = null, ...headers } = headersOf(response);
  const modified = Date.parse(headers["last-modified"] ?? "");
  return { status: response.status, etag, modified, body, all: `${JSON.stringify(headers)}\n${body}` };
};

const instants = [versions[0]?.deployed ?? 0, LIFTS, EXPIRES, WITHDRAWN, NOTICE_ENDS, EDITED].flatMap((time) =>
  [-1000, -1, 0, 1000].map((offset) => time + offset),
);

/** All answers of the site at one moment, by path and Accept. */
interface Walk {
  readonly now: number;
  readonly answers: ReadonlyMap<string, Answer>;
  /** The deltas for clients that have the documents of the moment before. */
  readonly deltas: ReadonlyMap<string, Answer>;
}

const walks: Walk[] = [];

beforeAll(async () => {
  const deployments = await Promise.all(
    versions.map(async ({ files, deployed }) => ({
      deployed,
      ...serveText(await compileText(files), { now: 0, deployed, assets: assetsOf(files) }),
    })),
  );
  for (const now of instants) {
    const version = deployments.findLast(({ deployed }) => deployed <= now) ?? deployments[0];
    if (version === undefined) throw new Error("nothing is deployed");
    version.clock.now = now;
    const answers = new Map<string, Answer>();
    for (const accept of ["*/*", "text/html"]) {
      for (const path of paths) answers.set(`${path} ${accept}`, await request(version, path, { accept }));
    }
    for (const path of paths)
      answers.set(`${path} navigation`, await request(version, path, { "sec-fetch-dest": "document" }));
    const deltas = new Map<string, Answer>();
    for (const path of paths) {
      const tag = walks.at(-1)?.answers.get(`${path} */*`)?.etag ?? undefined;
      if (tag === undefined) continue;
      const answer = await request(version, path, { "a-im": "feed", "if-none-match": tag });
      if (answer.status === 226) deltas.set(`${path} delta`, answer);
    }
    walks.push({ now, answers, deltas });
  }
});

const answersAt = (now: number): ReadonlyMap<string, Answer> =>
  walks.find((walk) => walk.now === now)?.answers ?? new Map();

const answersAndDeltasAt = (now: number): readonly (readonly [string, Answer])[] => [
  ...answersAt(now),
  ...(walks.find((walk) => walk.now === now)?.deltas ?? []),
];

const statuses = (answers: ReadonlyMap<string, Answer>, paths: readonly string[]): readonly (number | undefined)[] => [
  ...new Set(paths.map((path) => answers.get(`${path} */*`)?.status)),
];

describe.each(instants.map((now) => ({ now, when: new Date(now).toISOString() })))("at $when", ({ now }) => {
  const namesOf = (visibility: Visibility): readonly string[] =>
    NAMES.filter((name) => visibilities(now)[name] === visibility);

  const occurrences = (words: readonly string[]): readonly string[] =>
    answersAndDeltasAt(now).flatMap(([address, { all }]) =>
      words.filter((word) => all.includes(word)).map((word) => `${word} at ${address}`),
    );

  it("no answer reveals anything of a hidden story", () => {
    expect(answersAt(now).size).toBe(paths.length * 3);
    const hidden = namesOf("hidden").map((name) => new RegExp(name, "i"));
    const leaks = answersAndDeltasAt(now).filter(([, { all }]) => hidden.some((name) => name.test(all)));
    expect(leaks.map(([address]) => address)).toEqual([]);
  });

  it("every path of a hidden story is answered like one that never existed", () => {
    const unknown = (path: string) =>
      answersAt(now).get(`${isFeedPath(path) ? "/tags/nothing/rss.xml" : "/nothing"} */*`);
    for (const name of namesOf("hidden")) {
      for (const path of [...articlesOf(name), ...scopesOf(name), ...scopePagesOf(name), ...mediaOf(name)]) {
        for (const kind of ["*/*", "navigation"]) expect(answersAt(now).get(`${path} ${kind}`)).toEqual(unknown(path));
      }
    }
  });

  it("every text of a visible story is found, so that this test would find a leak, too", () => {
    for (const name of namesOf("visible")) {
      const words = Object.values(wordsOf(name)).filter((word) => !word.endsWith("Alias"));
      for (const word of words) expect(occurrences([word])).not.toEqual([]);
      const [page, ...feeds] = articlesOf(name);
      expect(statuses(answersAt(now), [page ?? ""])).toEqual([200]);
      expect(statuses(answersAt(now), feeds)).toEqual([200, 301]);
      expect(statuses(answersAt(now), [...scopesOf(name), ...scopePagesOf(name), ...mediaOf(name)])).toEqual([200]);
    }
  });

  it("only id, address and reason remain of a story that was withdrawn or has expired", () => {
    for (const name of namesOf("gone")) {
      expect(occurrences(Object.values(wordsOf(name)))).toEqual([]);
      expect(statuses(answersAt(now), articlesOf(name))).toEqual([410]);
      expect(statuses(answersAt(now), scopesOf(name))).toEqual([200]);
      expect(statuses(answersAt(now), [...scopePagesOf(name), ...mediaOf(name)])).toEqual([404]);
      expect(answersAt(now).get("/atom.xml */*")?.body).toContain(`ref="tag:courier.example,2026:${name}Id"`);
    }
    const hasNotice = now >= WITHDRAWN && now < NOTICE_ENDS;
    for (const path of ["/rss.xml", "/feed.json", "/tags/tapirtag/rss.xml"]) {
      expect(answersAt(now).get(`${path} */*`)?.body.includes("TapirReason")).toBe(hasNotice);
    }
  });

  it("no answer is dated in the future, and no two documents share an entity tag", () => {
    const documents = new Map<string, string>();
    for (const [address, { etag, modified, body }] of answersAt(now)) {
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

describe("from one moment to the next", () => {
  interface Step {
    readonly address: string;
    readonly now: number;
    readonly before: Answer;
    readonly after: Answer;
  }

  /** Each 200 of a path with the 200 before it. */
  const steps = (): readonly Step[] =>
    paths.flatMap((path) => {
      const address = `${path} */*`;
      const found = walks.flatMap(({ now, answers }) => {
        const answer = answers.get(address);
        return answer?.status === 200 && answer.etag?.startsWith("W/") ? [{ now, answer }] : [];
      });
      return found.slice(1).flatMap(({ now, answer }, index) => {
        const before = found[index]?.answer;
        return before === undefined ? [] : [{ address, now, before, after: answer }];
      });
    });

  it("an entity tag changes exactly when the bytes do", () => {
    const changes = steps().filter(({ before, after }) => before.body !== after.body);
    expect(changes.length).toBeGreaterThan(50);
    for (const { address, now, before, after } of steps()) {
      const isChanged = before.body !== after.body;
      expect({ address, now, isChanged: before.etag !== after.etag }).toEqual({ address, now, isChanged });
    }
  });

  it("Last-Modified moves forward whenever the entity tag changes, and never back", () => {
    for (const { address, now, before, after } of steps()) {
      const moved = after.modified - before.modified;
      const isRight = before.etag === after.etag ? moved >= 0 : moved >= 1000;
      expect({ address, now, moved, isRight }).toEqual({ address, now, moved, isRight: true });
    }
  });

  it("deltas are sent, so that this test has searched them", () => {
    expect(walks.reduce((sum, { deltas }) => sum + deltas.size, 0)).toBeGreaterThan(20);
  });

  it("the main feed changes at each of the moments", () => {
    const changed = steps().filter(
      ({ address, before, after }) => address === "/rss.xml */*" && before.etag !== after.etag,
    );
    expect(changed.map(({ now }) => now)).toEqual([LIFTS, EXPIRES, WITHDRAWN, NOTICE_ENDS, EDITED]);
  });
});
