import { readFile } from "node:fs/promises";
import { relative, sep } from "node:path";
import { isMedia, isStory } from "../content/publication.ts";
import { readArguments, runCommand } from "./command.ts";
import { Complaint } from "./complaint.ts";
import { CONTENT, listFolder, readFiles } from "./content-folder.ts";
import { type NewsroomClient, openNewsroom } from "./newsroom-client.ts";
import { sendMedia } from "./send-media.ts";
import { type Outgoing, readOutgoing, sendStories } from "./send-stories.ts";

const USAGE = "Usage: npm run publish -- content/x.md … --to https://example.org";

const readStoryFile = async (file: string): Promise<Outgoing> => {
  const path = relative(CONTENT, file).split(sep).join("/");
  if (path.startsWith("..") || !isStory(path)) throw new Complaint(`${file} is no story of ${CONTENT}/.\n${USAGE}`);
  return readOutgoing(path, new Uint8Array(await readFile(file)));
};

/** With the version that is there now, which a newsroom may insist on. */
const withTag = async (newsroom: NewsroomClient, story: Outgoing): Promise<Outgoing> => {
  const response = await newsroom.ask("GET", `/api/items/${encodeURIComponent(story.slug)}`);
  await response.body?.cancel();
  const etag = response.headers.get("etag");
  return response.ok && etag !== null ? { ...story, etag } : story;
};

const publish = async (): Promise<boolean> => {
  const { values, positionals } = readArguments({ to: { type: "string" } }, USAGE);
  if (positionals.length === 0) throw new Complaint(USAGE);
  const newsroom = openNewsroom(values.to);
  const stories = await Promise.all(positionals.map(readStoryFile));
  const texts = stories.map(({ source }) => new TextDecoder().decode(source)).join("\n");
  const media = (await listFolder(CONTENT)).filter((path) => isMedia(path) && texts.includes(path));
  await sendMedia(newsroom, await readFiles(CONTENT, media));
  const tagged: Outgoing[] = [];
  for (const story of stories) tagged.push(await withTag(newsroom, story));
  const taken = await sendStories(newsroom, tagged);
  for (const { path } of taken) console.log(`published ${path}`);
  return taken.length === stories.length;
};

await runCommand(publish);
