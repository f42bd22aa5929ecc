import { isMedia, isStory } from "../content/publication.ts";
import type { Item } from "../model/item.ts";
import { standingOf } from "../model/visibility.ts";
import { readArguments, runCommand } from "./command.ts";
import { Complaint } from "./complaint.ts";
import { CONTENT, compileFiles, readFolder, report } from "./content-folder.ts";
import { sha256 } from "./digest.ts";
import { openNewsroom, type RemoteStory } from "./newsroom-client.ts";
import { sendMedia } from "./send-media.ts";
import { type Outgoing, readOutgoing, sendStories } from "./send-stories.ts";

const USAGE = 'Usage: npm run sync -- --to https://example.org [--yes] [--all] [--withdraw-missing "The reason"]';

interface Plan {
  readonly add: readonly Outgoing[];
  readonly change: readonly Outgoing[];
  /** In the newsroom, but not in content/. */
  readonly missing: readonly RemoteStory[];
}

const planOf = (
  items: readonly Item[],
  outgoing: readonly Outgoing[],
  remote: readonly RemoteStory[],
  isAll: boolean,
): Plan => {
  const byId = new Map(remote.map((story) => [story.id, story]));
  const idOf = new Map(items.map(({ slug, id }) => [slug, id]));
  const known = (one: Outgoing): RemoteStory | undefined => byId.get(idOf.get(one.slug) ?? "");
  const ids = new Set(items.map(({ id }) => id));
  return {
    add: outgoing.filter((one) => known(one) === undefined),
    change: outgoing.flatMap((one) => {
      const there = known(one);
      const isAsThere = there?.digest === sha256(one.source) && there.path === one.path;
      return there === undefined || (isAsThere && !isAll) ? [] : [{ ...one, etag: there.etag }];
    }),
    missing: remote.filter(({ id, state }) => !ids.has(id) && state !== "withdrawn"),
  };
};

const tell = ({ add, change, missing }: Plan, items: readonly Item[], isWithdrawing: boolean): void => {
  const now = Date.now();
  const bySlug = new Map(items.map((item) => [item.slug, item]));
  const isSeen = ({ slug }: Outgoing): boolean => {
    const item = bySlug.get(slug);
    return item !== undefined && standingOf(item, now) === "visible";
  };
  for (const one of add) console.log(`add      ${one.path}${isSeen(one) ? "   (readers will see it as new)" : ""}`);
  for (const one of change)
    console.log(`change   ${one.path}${isSeen(one) ? "   (readers will see it as changed)" : ""}`);
  for (const { slug } of missing) {
    console.log(
      `${isWithdrawing ? "withdraw" : "leave   "} ${slug}${isWithdrawing ? "" : "   (not in content/; --withdraw-missing takes it back)"}`,
    );
  }
  console.log(`${add.length} to add, ${change.length} to change, ${isWithdrawing ? missing.length : 0} to withdraw.`);
};

const sync = async (): Promise<boolean> => {
  const { values } = readArguments(
    {
      to: { type: "string" },
      yes: { type: "boolean", default: false },
      all: { type: "boolean", default: false },
      "withdraw-missing": { type: "string" },
    },
    USAGE,
  );
  const newsroom = openNewsroom(values.to);
  const files = await readFolder(CONTENT);
  const compiled = await compileFiles(files);
  if (compiled.publication === undefined)
    throw new Complaint(`${report(compiled, CONTENT)}\nMend the errors above first.`);
  const { items } = compiled.publication;
  const outgoing = [...files].filter(([path]) => isStory(path)).map(([path, source]) => readOutgoing(path, source));
  const reason = values["withdraw-missing"];
  const plan = planOf(items, outgoing, await newsroom.stories(), values.all);
  tell(plan, items, reason !== undefined);
  if (!values.yes) {
    console.log("Nothing was sent. Add --yes to do it.");
    return true;
  }
  await sendMedia(newsroom, new Map([...files].filter(([path]) => isMedia(path))));
  // The oldest first: so every story has its place in the archive at once.
  const published = new Map(items.map((item) => [item.slug, item.published]));
  const sending = [...plan.add, ...plan.change].sort(
    (a, b) => (published.get(a.slug) ?? 0) - (published.get(b.slug) ?? 0),
  );
  let isDone = (await sendStories(newsroom, sending)).length === sending.length;
  for (const { slug, etag } of reason === undefined ? [] : plan.missing) {
    const query = new URLSearchParams({ reason: reason ?? "" });
    const headers = { "if-match": etag };
    const response = await newsroom.ask(
      "DELETE",
      `/api/items/${encodeURIComponent(slug)}?${query}`,
      undefined,
      headers,
    );
    if (!response.ok) console.error(`${slug}: ${response.status} ${await response.text()}`);
    isDone &&= response.ok;
  }
  console.log(isDone ? "Done." : "Some were refused: see above.");
  return isDone;
};

await runCommand(sync);
