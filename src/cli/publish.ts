import { readFile } from "node:fs/promises";
import { relative, sep } from "node:path";
import { readStory } from "../content/story.ts";
import { readArguments, runCommand } from "./command.ts";
import { CONTENT, readFolder } from "./content-folder.ts";
import { Complaint, openNewsroom } from "./newsroom-client.ts";
import { createProgress } from "./progress.ts";
import { sendMedia } from "./send-media.ts";
import { linkedFrom, type Outgoing, sendStory } from "./send-story.ts";

const USAGE = "Usage: npm run publish -- content/x.md … --to https://example.org";

const readOutgoing = async (file: string): Promise<Outgoing> => {
  const path = relative(CONTENT, file).split(sep).join("/");
  if (path.startsWith("..") || !/\.md$/i.test(path))
    throw new Complaint(`${file} is no story of ${CONTENT}/.\n${USAGE}`);
  const source = new Uint8Array(await readFile(file));
  return { path, source, slug: readStory(path, source).slug };
};

const publish = async (): Promise<boolean> => {
  const { values, positionals } = readArguments({ to: { type: "string" } }, USAGE);
  if (positionals.length === 0) throw new Complaint(USAGE);
  const newsroom = openNewsroom(values.to);
  const stories = await Promise.all(positionals.map(readOutgoing));
  const texts = stories.map(({ source }) => new TextDecoder().decode(source)).join("\n");
  const media = [...(await readFolder(CONTENT))].filter(([path]) => path.startsWith("media/") && texts.includes(path));
  await sendMedia(newsroom, new Map(media));
  const progress = createProgress(stories.length);
  let isDone = true;
  for (const [index, story] of stories.entries()) {
    const against = await sendStory(newsroom, story, linkedFrom(story, stories.slice(index + 1)));
    progress.step();
    for (const line of against) console.error(line);
    isDone &&= against.length === 0;
    if (against.length === 0) console.log(`published ${story.path}`);
  }
  return isDone;
};

await runCommand(publish);
