import { isStory } from "../content/file-kinds.ts";
import { CommandError, defineCommand, readArguments, runCommand } from "./command.ts";
import { CONTENT, compileFiles, formatMessages } from "./content/compile-folder.ts";
import { readFolder } from "./files/read-folder.ts";
import { createNewsroomClient, type NewsroomClient, type RemoteStory, readJson } from "./newsroom/newsroom-client.ts";
import { messageLines, refusalLines } from "./newsroom/refusal-lines.ts";
import { sendMedia } from "./newsroom/send-media.ts";
import { readLocalStory, sendStories } from "./newsroom/send-stories.ts";
import { planSync } from "./newsroom/sync-plan.ts";
import { createProgress } from "./progress.ts";

const USAGE =
  'Usage: npm run sync -- --to https://example.org [--yes] [--bring-back] [--withdraw-missing "The reason"]';

const readOptions = (args: readonly string[]) => {
  const options = {
    to: { type: "string" },
    yes: { type: "boolean", default: false },
    "bring-back": { type: "boolean", default: false },
    "withdraw-missing": { type: "string" },
  } as const;
  const { values } = readArguments({ args, options, allowPositionals: true }, USAGE);
  const reason = values["withdraw-missing"];
  if (reason?.trim() === "") throw new CommandError(`Say why, in a sentence for readers.\n${USAGE}`);
  return {
    to: values.to,
    isConfirmed: values.yes,
    reason: reason ?? "",
    plan: { isBringingBack: values["bring-back"], isWithdrawing: reason !== undefined },
  };
};

/** Withdraws a story in the version that is known. Resolves to the lines that say why the newsroom refused it; none if it did not. */
const withdraw = async (
  newsroom: NewsroomClient,
  { slug, etag }: RemoteStory,
  reason: string,
): Promise<readonly string[]> => {
  const address = `/api/items/${encodeURIComponent(slug)}?${new URLSearchParams({ reason })}`;
  const response = await newsroom.request("DELETE", address, undefined, { "if-match": etag });
  const answer = await readJson(response);
  return response.ok ? [] : refusalLines(answer, slug);
};

/** Withdraws stories, with a progress bar. Resolves to whether the newsroom did; prints why if it did not. */
const withdrawAll = async (
  newsroom: NewsroomClient,
  stories: readonly RemoteStory[],
  reason: string,
): Promise<boolean> => {
  using progress = createProgress("Withdrawing stories");
  let isDone = true;
  for (const [index, story] of stories.entries()) {
    const reasons = await withdraw(newsroom, story, reason);
    progress.update(index + 1, stories.length);
    progress.print(reasons);
    isDone &&= reasons.length === 0;
  }
  return isDone;
};

/** Prints which stories the newsroom can't compile any longer, and why. */
const printRefused = async (newsroom: NewsroomClient): Promise<void> => {
  const refused = await newsroom.listRefused();
  if (refused.length === 0) return;
  console.error("The newsroom's rules refuse these stories now. Readers get them as they were compiled before:");
  for (const { errors } of refused) for (const line of messageLines(errors)) console.error(line);
};

/** Prints what would make a newsroom the same as content/; with `--yes` does it. */
export const sync = defineCommand(USAGE, async (args) => {
  const options = readOptions(args);
  const newsroom = createNewsroomClient(options.to);
  const files = await readFolder(CONTENT);
  const compiled = await compileFiles(files);
  if (compiled.publication === undefined)
    throw new CommandError(`${formatMessages(compiled.files)}\nMend the errors above first.`);
  const { publication, brokenDrafts } = compiled;
  const ofDrafts = formatMessages(compiled.files.filter(({ path }) => brokenDrafts.includes(path)));
  if (ofDrafts !== "") console.error(ofDrafts);
  const local = [...files].filter(([path]) => isStory(path)).map(([path, source]) => readLocalStory(path, source));
  const plan = planSync(publication, local, brokenDrafts, await newsroom.listStories(), options.plan, Date.now());
  for (const line of plan.lines) console.log(line);
  if (!options.isConfirmed) {
    await printRefused(newsroom);
    console.log("Nothing was sent. Add --yes to do it.");
    return true;
  }
  const media = new Set(plan.media);
  let isDone = await sendMedia(newsroom, new Map([...files].filter(([path]) => media.has(path))));
  const accepted = await sendStories(newsroom, plan.sending);
  isDone &&= accepted.length === plan.sending.length;
  isDone = (await withdrawAll(newsroom, plan.withdrawing, options.reason)) && isDone;
  await printRefused(newsroom);
  console.log(isDone ? "Done." : "Some were refused: see above.");
  return isDone;
});

if (import.meta.main) await runCommand(sync);
