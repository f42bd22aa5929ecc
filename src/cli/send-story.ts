import { isRecord } from "../content/is-record.ts";
import { type NewsroomClient, readJson } from "./newsroom-client.ts";

/** A story's file that is to be sent. */
export interface Outgoing {
  /** Below content/. */
  readonly path: string;
  readonly slug: string;
  readonly source: Uint8Array;
}

const lines = (problem: unknown, path: string): readonly string[] => {
  if (!isRecord(problem)) return [`${path}: the newsroom gave no reason`];
  const errors: readonly unknown[] = Array.isArray(problem.errors) ? problem.errors : [];
  const told = errors.flatMap((error) =>
    isRecord(error) ? [`${error.file}:${error.line}:${error.column} ${error.severity} ${error.reason}`] : [],
  );
  return [`content/${path}: ${problem.status} ${problem.detail}`, ...told];
};

const nameOf = ({ path }: Outgoing): string => path.replace(/^.*\//, "");

/** Those of some stories that a story may link to: its text has the name of their file. */
export const linkedFrom = (story: Outgoing, others: readonly Outgoing[]): readonly Outgoing[] => {
  const text = new TextDecoder().decode(story.source);
  const names = new Set(Array.from(text.matchAll(/[^\s/"'()<>[\]]{1,300}\.md/gi), ([name]) => name));
  return others.filter((one) => one !== story && (names.has(nameOf(one)) || names.has(encodeURI(nameOf(one)))));
};

/**
 * Sends a story to the newsroom. `linked` are those that will be sent after it. Gives what the newsroom has against it; empty
 * where it took it.
 */
export const sendStory = async (
  newsroom: NewsroomClient,
  { path, slug, source }: Outgoing,
  linked: readonly Outgoing[],
): Promise<readonly string[]> => {
  const query = new URLSearchParams([["path", path], ...linked.map((one) => ["linked", `${one.path}:${one.slug}`])]);
  const response = await newsroom.ask("PUT", `/api/items/${encodeURIComponent(slug)}?${query}`, source, {
    "content-type": "text/markdown",
  });
  const answer = await readJson(response);
  return response.ok ? [] : lines(answer, path);
};
