import { beforeAll, describe, expect, it } from "vitest";
import { type Files, instant, story } from "../fixtures/publication.ts";
import { imfFixdate } from "../http/date-forms.ts";
import { currentValidators, expectAnswers, type Resource, type Validators } from "./expect-answers.ts";
import { type Served, serveFiles } from "./serve.ts";

// What a client that held an edition before is told afterwards.

interface Change {
  readonly name: string;
  readonly before: { readonly files: Files; readonly now: number; readonly deployed?: number };
  /** Another deployment, or only a later time. */
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
    name: "at the moment an embargo lifts, by a worker that does not know its version",
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
    name: "when the notice of a withdrawal ends, in Atom, whose tombstone stays",
    before: { files: withdrawn, now: NOTICE_ENDS - 1, deployed: DEPLOYED },
    after: { now: NOTICE_ENDS },
    path: "/atom.xml",
    isChanged: false,
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

const afterwards = ({
  isChanged,
  isLater,
}: Change): readonly (readonly [string, (was: Validators, is: Validators) => Record<string, string>, number])[] => {
  const fresh = isChanged ? 200 : 304;
  const newer = isLater ? 200 : 304;
  return [
    ["nothing", () => ({}), 200],
    ["the tag it held", (was) => ({ "if-none-match": was.tag }), fresh],
    ["the tag it held, as a strong one", (was) => ({ "if-none-match": was.tag.slice(2) }), fresh],
    ["the tag there is now", (_, is) => ({ "if-none-match": is.tag }), 304],
    ["both tags", (was, is) => ({ "if-none-match": `${was.tag}, ${is.tag}` }), 304],
    ["the date it held", (was) => ({ "if-modified-since": imfFixdate(was.modified) }), newer],
    ["the date there is now", (_, is) => ({ "if-modified-since": imfFixdate(is.modified) }), 304],
    [
      "tag and date it held",
      (was) => ({ "if-none-match": was.tag, "if-modified-since": imfFixdate(was.modified) }),
      fresh,
    ],
    [
      "the tag it held and the date there is now",
      (was, is) => ({ "if-none-match": was.tag, "if-modified-since": imfFixdate(is.modified) }),
      fresh,
    ],
    [
      "not later than the date it held",
      (was) => ({ "if-unmodified-since": imfFixdate(was.modified) }),
      isLater ? 412 : 200,
    ],
    ["not later than the date there is now", (_, is) => ({ "if-unmodified-since": imfFixdate(is.modified) }), 200],
  ];
};

describe.each(changes)("$name, a client that names", (change) => {
  const resource: Resource = { path: change.path ?? "/rss.xml" };
  let served: Served;
  let was: Validators;
  let is: Validators;

  beforeAll(async () => {
    served = await serveFiles(change.before.files, change.before);
    was = await currentValidators(served, resource);
    if (change.after.files === undefined) served.clock.now = change.after.now;
    else served = await serveFiles(change.after.files, change.after);
    is = await currentValidators(served, resource);
  });

  it.each(afterwards(change))("%s is answered by whether the bytes changed", async (_, headers, status) => {
    await expectAnswers(served, resource, headers(was, is), status);
  });

  it("sees a tag and a date that moved as they should", () => {
    expect(is.tag !== was.tag).toBe(change.isChanged);
    expect(is.modified > was.modified).toBe(change.isLater);
    expect(is.modified).toBeLessThanOrEqual(change.after.now);
  });
});
