import { expect, it } from "vitest";
import { isMedia, isStory, SITE_FILE } from "../../src/content/file-kinds.ts";

it.each([
  ["a.md", true, false],
  ["a.MD", true, false],
  ["world/media/a.md", true, false],
  ["a.mdx", false, false],
  ["md", false, false],
  ["media/a.md", false, true],
  ["media/a.gif", false, true],
  ["media", false, false],
  ["mediaa/a.md", true, false],
  [SITE_FILE, false, false],
])("%s is a story: %s, and a media file: %s", (path, story, media) => {
  expect([isStory(path), isMedia(path)]).toEqual([story, media]);
});
