import { parseStory } from "../../content/story/story.ts";
import { createProgress } from "../progress.ts";
import { type NewsroomClient, readJson } from "./newsroom-client.ts";
import { refusalLines } from "./refusal-lines.ts";

/** A story's file that is to be sent. */
export interface Outgoing {
  /** Below content/. */
  readonly path: string;
  /** Absent where its front matter can't be read so far. */
  readonly id?: string;
  readonly slug: string;
  /** Earlier slugs. */
  readonly aliases: readonly string[];
  readonly source: Uint8Array;
  /** Which version of it the newsroom has, as far as is known; absent where it has none. */
  readonly etag?: string;
}

/** A story's file as it will be sent. */
export const readOutgoing = (path: string, source: Uint8Array): Outgoing => {
  const { slug, data } = parseStory(path, source);
  return { path, source, slug, aliases: data.aliases ?? [], ...(data.id !== undefined && { id: data.id }) };
};

const nameOf = ({ path }: Outgoing): string => path.replace(/^.*\//, "");

/** Those of some stories that a story may link to: its text has the name of their file. */
const linkedFrom = (story: Outgoing, others: readonly Outgoing[]): readonly Outgoing[] => {
  const text = new TextDecoder().decode(story.source);
  const names = new Set(Array.from(text.matchAll(/[^\s/"'()<>[\]]{1,300}\.md/gi), ([name]) => name));
  return others.filter((one) => one !== story && (names.has(nameOf(one)) || names.has(encodeURI(nameOf(one)))));
};

/** Sends a story; gives what the newsroom has against it, line by line. */
const sendStory = async (
  newsroom: NewsroomClient,
  { path, slug, source, etag }: Outgoing,
  linked: readonly Outgoing[],
): Promise<readonly string[]> => {
  const query = new URLSearchParams([["path", path], ...linked.map((one) => ["linked", `${one.path}:${one.slug}`])]);
  const response = await newsroom.ask("PUT", `/api/items/${encodeURIComponent(slug)}?${query}`, source, {
    "content-type": "text/markdown",
    ...(etag !== undefined && { "if-match": etag }),
  });
  const answer = await readJson(response);
  return response.ok ? [] : refusalLines(answer, `content/${path}`);
};

/**
 * Sends stories to the newsroom in their order, with a progress bar. They may link to each other. Says what the newsroom has
 * against them, and gives those that it took.
 */
export const sendStories = async (
  newsroom: NewsroomClient,
  stories: readonly Outgoing[],
): Promise<readonly Outgoing[]> => {
  const progress = createProgress(stories.length);
  const taken: Outgoing[] = [];
  for (const story of stories) {
    const against = await sendStory(newsroom, story, linkedFrom(story, stories));
    progress.step();
    for (const line of against) console.error(line);
    if (against.length === 0) taken.push(story);
  }
  return taken;
};
