import { relative, sep } from "node:path";
import { isStory } from "../content/publication.ts";
import { readArguments, runCommand } from "./command.ts";
import { CommandError } from "./command-error.ts";
import { CONTENT, listFolder, readFiles } from "./content/content-folder.ts";
import { namedMedia } from "./content/named-media.ts";
import { findVersion } from "./newsroom/find-version.ts";
import { type NewsroomClient, openNewsroom } from "./newsroom/newsroom-client.ts";
import { sendMedia } from "./newsroom/send-media.ts";
import { type Outgoing, readOutgoing, sendStories } from "./newsroom/send-stories.ts";

const USAGE = "Usage: npm run publish -- content/x.md … --to https://example.org";

const SITE = "site.yaml";

const pathOf = (file: string): string => {
  const path = relative(CONTENT, file).split(sep).join("/");
  if (path.startsWith("..") || !isStory(path)) throw new CommandError(`${file} is no story of ${CONTENT}/.\n${USAGE}`);
  return path;
};

/** The media files that stories name, as far as they are there. */
const readMediaOf = async (stories: readonly Outgoing[]): Promise<ReadonlyMap<string, Uint8Array>> => {
  const paths = await listFolder(CONTENT);
  const site = await readFiles(CONTENT, paths.includes(SITE) ? [SITE] : []);
  return readFiles(CONTENT, namedMedia(stories, paths, site.get(SITE) ?? new Uint8Array()));
};

/** With the version that is there now, which a newsroom may insist on. */
const withTag = async (newsroom: NewsroomClient, story: Outgoing): Promise<Outgoing> => {
  const etag = await findVersion(newsroom, story);
  return etag === undefined ? story : { ...story, etag };
};

const publish = async (): Promise<boolean> => {
  const { values, positionals } = readArguments({ to: { type: "string" } }, USAGE);
  if (positionals.length === 0) throw new CommandError(USAGE);
  const newsroom = openNewsroom(values.to);
  const files = await readFiles(CONTENT, positionals.map(pathOf));
  const stories = Array.from(files, ([path, source]) => readOutgoing(path, source));
  const isWhole = await sendMedia(newsroom, await readMediaOf(stories));
  const tagged: Outgoing[] = [];
  for (const story of stories) tagged.push(await withTag(newsroom, story));
  const taken = await sendStories(newsroom, tagged);
  for (const { path } of taken) console.log(`published ${path}`);
  return isWhole && taken.length === stories.length;
};

await runCommand(publish);
