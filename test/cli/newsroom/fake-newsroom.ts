import type { NewsroomClient, RemoteMedia, RemoteStory } from "../../../src/cli/newsroom/newsroom-client.ts";

/** A newsroom without a network. */
export interface FakeNewsroom extends NewsroomClient {
  /** What it was asked, as `GET /api/items/x`. */
  readonly asked: readonly string[];
}

/** A newsroom that holds some stories and media files, and answers everything else by `answer`. */
export const fakeNewsroom = (
  answer: (asked: string) => Response,
  stories: readonly RemoteStory[] = [],
  media: readonly RemoteMedia[] = [],
): FakeNewsroom => {
  const asked: string[] = [];
  return {
    asked,
    ask: async (method, path) => {
      asked.push(`${method} ${path}`);
      return answer(`${method} ${path}`);
    },
    stories: async () => stories,
    topics: async () => [],
    media: async () => media,
  };
};

/** A refusal as the newsroom words it. */
export const refusal = (status: number, detail: string): Response =>
  Response.json({ status, title: "No", detail }, { status, headers: { "content-type": "application/problem+json" } });
