import { isStory } from "../content/publication.ts";
import { readArguments, runCommand } from "./command.ts";
import { CommandError } from "./command-error.ts";
import { CONTENT, compileFiles, readFolder, report } from "./content/content-folder.ts";
import { type NewsroomClient, openNewsroom, type RemoteStory, readJson } from "./newsroom/newsroom-client.ts";
import { refusalLines } from "./newsroom/refusal-lines.ts";
import { sendMedia } from "./newsroom/send-media.ts";
import { readOutgoing, sendStories } from "./newsroom/send-stories.ts";
import { planSync } from "./newsroom/sync-plan.ts";

const USAGE =
  'Usage: npm run sync -- --to https://example.org [--yes] [--all] [--bring-back] [--withdraw-missing "The reason"]';

const readWishes = () => {
  const { values } = readArguments(
    {
      to: { type: "string" },
      yes: { type: "boolean", default: false },
      all: { type: "boolean", default: false },
      "bring-back": { type: "boolean", default: false },
      "withdraw-missing": { type: "string" },
    },
    USAGE,
  );
  const reason = values["withdraw-missing"];
  if (reason?.trim() === "") throw new CommandError(`Say why, in a sentence for readers.\n${USAGE}`);
  return {
    to: values.to,
    isMeant: values.yes,
    reason: reason ?? "",
    wishes: { isAll: values.all, isBringingBack: values["bring-back"], isWithdrawing: reason !== undefined },
  };
};

/** Withdraws a story in the version that is known; gives whether the newsroom did. */
const withdraw = async (newsroom: NewsroomClient, { slug, etag }: RemoteStory, reason: string): Promise<boolean> => {
  const address = `/api/items/${encodeURIComponent(slug)}?${new URLSearchParams({ reason })}`;
  const response = await newsroom.ask("DELETE", address, undefined, { "if-match": etag });
  const answer = await readJson(response);
  if (!response.ok) for (const line of refusalLines(answer, slug)) console.error(line);
  return response.ok;
};

const sync = async (): Promise<boolean> => {
  const { to, isMeant, reason, wishes } = readWishes();
  const newsroom = openNewsroom(to);
  const files = await readFolder(CONTENT);
  const compiled = await compileFiles(files);
  if (compiled.publication === undefined)
    throw new CommandError(`${report(compiled, CONTENT)}\nMend the errors above first.`);
  const outgoing = [...files].filter(([path]) => isStory(path)).map(([path, source]) => readOutgoing(path, source));
  const plan = planSync(compiled.publication, outgoing, await newsroom.stories(), wishes, Date.now());
  for (const line of plan.lines) console.log(line);
  if (!isMeant) {
    console.log("Nothing was sent. Add --yes to do it.");
    return true;
  }
  const wanted = new Set(plan.media);
  let isDone = await sendMedia(newsroom, new Map([...files].filter(([path]) => wanted.has(path))));
  const taken = await sendStories(newsroom, plan.sending);
  isDone &&= taken.length === plan.sending.length;
  for (const story of plan.withdrawing) isDone = (await withdraw(newsroom, story, reason)) && isDone;
  console.log(isDone ? "Done." : "Some were refused: see above.");
  return isDone;
};

await runCommand(sync);
