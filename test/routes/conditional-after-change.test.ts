import { beforeAll, describe, expect, it } from "vitest";
import { type Files, instant, story } from "../fixtures/publication.ts";
import { imfFixdate } from "../http/date-forms.ts";
import { currentValidators, expectAnswers, type Resource, type Validators } from "./support/expect-answers.ts";
import { type ServedSite, serveFiles } from "./support/serve.ts";

// What a client gets that has the edition from before a change.

interface Change {
  readonly name: string;
  readonly before: { readonly files: Files; readonly now: number; readonly deployed?: number };
  /** Another deployment if `files` are given, otherwise only a later time. */
  readonly after: { readonly files?: Files; readonly now: number; readonly deployed?: number };
  readonly path?: string;
  readonly isChanged: boolean;
  readonly isLater: boolean;
}

const DEPLOYED = instant("2026-03-01T12:00:00Z");
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const LIFTS = DEPLOYED + HOUR;
const first = story("first");
const iso = (time: number): string => new Date(time).toISOString();

const embargoed: Files = { "a.md": first, "b.md": story("second", { published: iso(LIFTS) }) };
const expiring: Files = { "a.md": first, "b.md": story("second", { expires: iso(LIFTS) }) };
const withdrawn: Files = {
  "a.md": first,
  "b.md": story("second", { withdrawn: { at: iso(DEPLOYED), reason: "It was wrong." } }),
};
const NOTICE_ENDS = DEPLOYED + 14 * DAY;

const changes: readonly Change[] = [
  {
    name: "a second before an embargo lifts",
    before: { files: embargoed, now: DEPLOYED, deployed: DEPLOYED },
    after: { now: LIFTS - 1000 },
    isChanged: false,
    isLater: false,
  },
  {
    name: "a millisecond before an embargo lifts",
    before: { files: embargoed, now: DEPLOYED, deployed: DEPLOYED },
    after: { now: LIFTS - 1 },
    isChanged: false,
    isLater: false,
  },
  {
    name: "at the moment an embargo lifts",
    before: { files: embargoed, now: LIFTS - 1, deployed: DEPLOYED },
    after: { now: LIFTS },
    isChanged: true,
    isLater: true,
  },
  {
    name: "at the moment an embargo lifts, in a worker without a version",
    before: { files: embargoed, now: LIFTS - 1 },
    after: { now: LIFTS },
    isChanged: true,
    isLater: true,
  },
  {
    name: "a second before a story expires",
    before: { files: expiring, now: DEPLOYED, deployed: DEPLOYED },
    after: { now: LIFTS - 1000 },
    isChanged: false,
    isLater: false,
  },
  {
    name: "at the moment a story expires",
    before: { files: expiring, now: LIFTS - 1, deployed: DEPLOYED },
    after: { now: LIFTS },
    isChanged: true,
    isLater: true,
  },
  {
    name: "after a story was withdrawn",
    before: { files: embargoed, now: LIFTS + HOUR, deployed: DEPLOYED },
    after: { files: withdrawn, now: LIFTS + 2 * HOUR, deployed: LIFTS + 2 * HOUR },
    isChanged: true,
    isLater: true,
  },
  {
    name: "when the notice of a withdrawal ends, in RSS",
    before: { files: withdrawn, now: NOTICE_ENDS - 1, deployed: DEPLOYED },
    after: { now: NOTICE_ENDS },
    isChanged: true,
    isLater: true,
  },
  {
    name: "when the notice of a withdrawal ends, in Atom, where the tombstone stays",
    before: { files: withdrawn, now: NOTICE_ENDS - 1, deployed: DEPLOYED },
    after: { now: NOTICE_ENDS },
    path: "/atom.xml",
    isChanged: true,
    isLater: true,
  },
  {
    name: "after a story was edited without `updated`",
    before: { files: embargoed, now: LIFTS + HOUR, deployed: DEPLOYED },
    after: {
      files: { ...embargoed, "a.md": story("first", {}, "Other text.") },
      now: LIFTS + 2 * HOUR,
      deployed: LIFTS + 2 * HOUR,
    },
    isChanged: true,
    isLater: true,
  },
  {
    name: "after a deployment that changes nothing here",
    before: { files: embargoed, now: LIFTS + HOUR, deployed: DEPLOYED },
    after: { files: embargoed, now: LIFTS + 2 * HOUR, deployed: LIFTS + 2 * HOUR },
    isChanged: false,
    isLater: true,
  },
];

const requestsAfter = ({
  isChanged,
  isLater,
}: Change): readonly (readonly [
  string,
  (before: Validators, after: Validators) => Record<string, string>,
  number,
])[] => {
  const fresh = isChanged ? 200 : 304;
  const newer = isLater ? 200 : 304;
  return [
    ["no precondition", () => ({}), 200],
    ["the tag from before", (before) => ({ "if-none-match": before.tag }), fresh],
    ["the tag from before, as a strong one", (before) => ({ "if-none-match": before.tag.slice(2) }), fresh],
    ["the current tag", (_, after) => ({ "if-none-match": after.tag }), 304],
    ["both tags", (before, after) => ({ "if-none-match": `${before.tag}, ${after.tag}` }), 304],
    ["the date from before", (before) => ({ "if-modified-since": imfFixdate(before.modified) }), newer],
    ["the current date", (_, after) => ({ "if-modified-since": imfFixdate(after.modified) }), 304],
    [
      "tag and date from before",
      (before) => ({ "if-none-match": before.tag, "if-modified-since": imfFixdate(before.modified) }),
      fresh,
    ],
    [
      "the tag from before and the current date",
      (before, after) => ({ "if-none-match": before.tag, "if-modified-since": imfFixdate(after.modified) }),
      fresh,
    ],
    [
      "If-Unmodified-Since of the date from before",
      (before) => ({ "if-unmodified-since": imfFixdate(before.modified) }),
      isLater ? 412 : 200,
    ],
    [
      "If-Unmodified-Since of the current date",
      (_, after) => ({ "if-unmodified-since": imfFixdate(after.modified) }),
      200,
    ],
  ];
};

describe.each(changes)("$name", (change) => {
  const resource: Resource = { path: change.path ?? "/rss.xml" };
  let served: ServedSite;
  let before: Validators;
  let after: Validators;

  beforeAll(async () => {
    served = await serveFiles(change.before.files, change.before);
    before = await currentValidators(served, resource);
    if (change.after.files === undefined) served.clock.now = change.after.now;
    else served = await serveFiles(change.after.files, change.after);
    after = await currentValidators(served, resource);
  });

  it.each(requestsAfter(change))(
    "a request with %s gets the status that the change demands",
    async (_, headers, status) => {
      await expectAnswers(served, resource, headers(before, after), status);
    },
  );

  it("changes tag and date as it should", () => {
    expect(after.tag !== before.tag).toBe(change.isChanged);
    expect(after.modified > before.modified).toBe(change.isLater);
    expect(after.modified).toBeLessThanOrEqual(change.after.now);
  });
});
