import { createHash } from "node:crypto";
import type { Item } from "../model/item.ts";
import type { StoredStory } from "../store/d1.ts";
import { json, refuse } from "./answer.ts";
import { compileForNewsroom, type Judged } from "./compile-story.ts";
import { changesBetween, detailsOf } from "./describe.ts";
import { type Editor, may, type Role } from "./editor.ts";
import { type Attempt, findAnswer } from "./idempotency.ts";
import type { Newsroom } from "./newsroom.ts";
import { checkPreconditions, tagOf } from "./precondition.ts";

/** A row of the database holds 2 MB. */
const MOST_ITEM_BYTES = 1_900_000;

/** A story that is to be written. */
export interface Putting {
  readonly slug: string;
  readonly path: string;
  readonly source: Uint8Array;
  readonly headers: Headers;
  readonly editor: Editor;
  /** Slugs of stories that it links to and that are to come, by path. */
  readonly linked?: Readonly<Record<string, string>>;
  /** What the log says of it. */
  readonly action: string;
  readonly attempt?: Attempt;
}

const roleFor = (former: Item | undefined, item: Item): Role => {
  const isTakenBack = JSON.stringify(former?.withdrawn) !== JSON.stringify(item.withdrawn);
  if (isTakenBack || (former?.withdrawn !== undefined && former.draft !== item.draft)) return "withdraw";
  return item.draft && former?.draft !== false ? "write" : "publish";
};

/** Other stories that are in the way of this one; nothing where there are none. */
const findRival = async (
  item: Item,
  path: string,
  former: StoredStory | undefined,
  { desk }: Newsroom,
): Promise<string | undefined> => {
  const isOther = (story: StoredStory | undefined): story is StoredStory =>
    story !== undefined && story.item.id !== item.id;
  if (item.aliases.includes(item.slug)) return `\`${item.slug}\` is its slug and among its aliases. Delete the alias.`;
  if (isOther(await desk.bySlug(item.slug)))
    return `The slug \`${item.slug}\` is that of another story. Choose another.`;
  if (isOther(await desk.byAlias(item.slug)))
    return `\`${item.slug}\` is an alias of another story. Choose another slug.`;
  if (isOther(await desk.byPath(path))) return `\`${path}\` is the file of another story. Choose another path.`;
  for (const alias of item.aliases) {
    if (isOther(await desk.bySlug(alias))) return `The alias \`${alias}\` is the slug of another story. Delete it.`;
    if (isOther(await desk.byAlias(alias))) return `The alias \`${alias}\` belongs to another story. Delete it.`;
  }
  if (former !== undefined && former.item.slug !== item.slug && !item.aliases.includes(former.item.slug)) {
    return `The id is that of \`${former.item.slug}\`. Add that to \`aliases\` if the story was renamed; else give it an id of its own.`;
  }
  return undefined;
};

const judgeSlug = ({ item, messages }: Judged, slug: string): Response | Item => {
  if (item === undefined) {
    return refuse(422, "The story has mistakes. Mend them and send it again.", {}, messages);
  }
  return item.slug === slug
    ? item
    : refuse(409, `Its front matter says the slug is \`${item.slug}\`. Send it to /api/items/${item.slug}.`);
};

const write = async (putting: Putting, newsroom: Newsroom, judged: Judged): Promise<Response | "changed"> => {
  const { desk, store, channel, onWritten } = newsroom;
  const { editor, headers, path, source, action, attempt } = putting;
  const item = judgeSlug(judged, putting.slug);
  if (item instanceof Response) return item;
  if (new TextEncoder().encode(JSON.stringify(item)).byteLength > MOST_ITEM_BYTES) {
    return refuse(413, "As HTML the story has more than 1.9 MB, which the database can't hold. Split it.");
  }
  if (await desk.isErased(item.id)) return refuse(409, "A story with this id was erased. Give it another id.");
  const former = await desk.byId(item.id);
  const failed = checkPreconditions(headers, former, newsroom.mustBeConditional);
  if (failed !== undefined) return failed;
  const role = roleFor(former?.item, item);
  if (!may(editor, role)) return refuse(403, `This takes the role \`${role}\`; yours is \`${editor.role}\`.`);
  const rival = await findRival(item, path, former, newsroom);
  if (rival !== undefined) return refuse(409, rival);
  const now = newsroom.now();
  const changes = changesBetween(former?.item, item);
  const body = { ...detailsOf(item, newsroom, now), changes, warnings: judged.messages };
  const status = former === undefined ? 201 : 200;
  const kept = attempt && { ...attempt, status, body: JSON.stringify(body), story: item.id };
  const digest = createHash("sha256").update(source).digest("hex");
  if (former?.path === path && former.digest === digest && changes.length === 0) {
    if (kept !== undefined) await desk.keepAnswer(editor.name, former.version, kept, now);
    return json(200, body, { etag: tagOf(former.version) });
  }
  const outcome = await desk.put(
    former,
    { item, path, source, digest },
    now,
    { editor: editor.name, action, subject: item.slug, changes },
    kept,
  );
  if (outcome.kind === "changed") return "changed";
  store.forgetMoment();
  onWritten();
  const location = `${channel.url}/api/items/${encodeURIComponent(item.slug)}`;
  return json(status, body, { etag: tagOf(outcome.version), ...(status === 201 && { location }) });
};

const MOST_ATTEMPTS = 5;

/** Judges and writes a story. Where somebody else writes at the same time, it is judged again by what they wrote. */
export const putStory = async (putting: Putting, newsroom: Newsroom): Promise<Response> => {
  for (let count = 0; count < MOST_ATTEMPTS; count++) {
    const replayed = await findAnswer(putting.attempt, putting.editor, newsroom);
    if (replayed !== undefined) return replayed;
    const judged = await compileForNewsroom(putting.path, putting.source, newsroom, putting.linked);
    const answer = await write(putting, newsroom, judged);
    if (answer !== "changed") return answer;
  }
  return refuse(409, "Others keep changing the same story or its names. Read it again, and try once more.");
};
