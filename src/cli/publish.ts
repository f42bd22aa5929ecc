import { SITE_FILE } from "../content/file-kinds.ts";
import { CommandError, defineCommand, readArguments, runCommand } from "./command.ts";
import { CONTENT } from "./content/compile-folder.ts";
import { namedMedia } from "./content/named-media.ts";
import { storyPath } from "./content/story-path.ts";
import { type FilesByPath, listFolder, readFiles } from "./files/read-folder.ts";
import { findVersion } from "./newsroom/find-version.ts";
import { createNewsroomClient, type NewsroomClient } from "./newsroom/newsroom-client.ts";
import { sendMedia } from "./newsroom/send-media.ts";
import { type LocalStory, readLocalStory, sendStories } from "./newsroom/send-stories.ts";
import { createProgress } from "./progress.ts";

const USAGE = "Usage: npm run publish -- content/x.md … --to https://example.org";

/** Reads the media files that stories name, except those that are missing. `paths` are those of all files of content/. */
const readMediaOf = async (stories: readonly LocalStory[], paths: readonly string[]): Promise<FilesByPath> => {
  const site = await readFiles(CONTENT, paths.includes(SITE_FILE) ? [SITE_FILE] : []);
  return readFiles(CONTENT, namedMedia(stories, paths, site.get(SITE_FILE) ?? new Uint8Array()));
};

/** Adds the versions that the newsroom has now: it may refuse a change that does not say which version it replaces. */
const withVersions = async (
  newsroom: NewsroomClient,
  stories: readonly LocalStory[],
): Promise<readonly LocalStory[]> => {
  using progress = createProgress("Looking for versions");
  const versioned: LocalStory[] = [];
  for (const story of stories) {
    const etag = await findVersion(newsroom, story);
    versioned.push(etag === undefined ? story : { ...story, etag });
    progress.update(versioned.length, stories.length);
  }
  return versioned;
};

/** Sends some stories of content/ to a newsroom, with the media files that they name. */
export const publish = defineCommand(USAGE, async (args) => {
  const options = { to: { type: "string" } } as const;
  const { values, positionals } = readArguments({ args, options, allowPositionals: true }, USAGE);
  if (positionals.length === 0) throw new CommandError(USAGE);
  const newsroom = createNewsroomClient(values.to);
  const chosen = positionals.map((file) => storyPath(file, USAGE));
  const paths = await listFolder(CONTENT);
  const stories = Array.from(await readFiles(CONTENT, chosen), ([path, source]) => readLocalStory(path, source));
  const isMediaComplete = await sendMedia(newsroom, await readMediaOf(stories, paths));
  const accepted = await sendStories(newsroom, await withVersions(newsroom, stories));
  for (const { path } of accepted) console.log(`published ${path}`);
  return isMediaComplete && accepted.length === stories.length;
});

if (import.meta.main) await runCommand(publish);
