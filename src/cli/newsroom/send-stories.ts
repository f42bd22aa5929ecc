import { parseStory } from "../../content/story/story.ts";
import { createProgress } from "../progress.ts";
import { type NewsroomClient, readJson } from "./newsroom-client.ts";
import { refusalLines } from "./refusal-lines.ts";

/** A story's file in content/. */
export interface LocalStory {
  /** Below content/. */
  readonly path: string;
  /** Absent if its front matter can't be read that far. */
  readonly id?: string;
  readonly slug: string;
  /** Earlier slugs. */
  readonly aliases: readonly string[];
  readonly source: Uint8Array;
  /** The version of it in the newsroom that this file replaces; absent if none is known. */
  readonly etag?: string;
}

/** Reads what has to be known of a story's file in order to send it. */
export const readLocalStory = (path: string, source: Uint8Array): LocalStory => {
  const { slug, data } = parseStory(path, source);
  return { path, source, slug, aliases: data.aliases ?? [], ...(data.id !== undefined && { id: data.id }) };
};

const fileNameOf = ({ path }: LocalStory): string => path.replace(/^.*\//, "");

/** The stories that a story may link to: its text contains the name of their file. */
const linkedFrom = (story: LocalStory, others: readonly LocalStory[]): readonly LocalStory[] => {
  const text = new TextDecoder().decode(story.source);
  const names = new Set(Array.from(text.matchAll(/[^\s/"'()<>[\]]{1,300}\.md/gi), ([name]) => name));
  const isNamed = (name: string): boolean => names.has(name) || names.has(encodeURI(name));
  return others.filter((other) => other !== story && isNamed(fileNameOf(other)));
};

/** Sends a story. Resolves to the lines that say why the newsroom refused it; none if it did not. */
const sendStory = async (
  newsroom: NewsroomClient,
  { path, slug, source, etag }: LocalStory,
  linked: readonly LocalStory[],
): Promise<readonly string[]> => {
  const query = new URLSearchParams([["path", path], ...linked.map((one) => ["linked", `${one.path}:${one.slug}`])]);
  const response = await newsroom.request("PUT", `/api/items/${encodeURIComponent(slug)}?${query}`, source, {
    "content-type": "text/markdown",
    ...(etag !== undefined && { "if-match": etag }),
  });
  const answer = await readJson(response);
  return response.ok ? [] : refusalLines(answer, `content/${path}`);
};

/**
 * Sends stories to the newsroom in their order, with a progress bar. They may link to each other. Prints why the newsroom
 * refuses one, and goes on with the next. Resolves to those that it accepted.
 */
export const sendStories = async (
  newsroom: NewsroomClient,
  stories: readonly LocalStory[],
): Promise<readonly LocalStory[]> => {
  using progress = createProgress("Sending stories");
  const accepted: LocalStory[] = [];
  for (const [index, story] of stories.entries()) {
    const reasons = await sendStory(newsroom, story, linkedFrom(story, stories));
    progress.update(index + 1, stories.length);
    progress.print(reasons);
    if (reasons.length === 0) accepted.push(story);
  }
  return accepted;
};
