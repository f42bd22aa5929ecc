import type { NewsroomClient, RemoteMedia, RemoteStory } from "../../../src/cli/newsroom/newsroom-client.ts";

/** A newsroom without a network. */
export interface FakeNewsroom extends NewsroomClient {
  /** The requests that it got, as `GET /api/items/x`. */
  readonly requests: readonly string[];
}

/** A newsroom that lists some stories and media files, and responds to every other request by `respond`. */
export const fakeNewsroom = (
  respond: (request: string) => Response,
  stories: readonly RemoteStory[] = [],
  media: readonly RemoteMedia[] = [],
): FakeNewsroom => {
  const requests: string[] = [];
  return {
    requests,
    request: async (method, path) => {
      requests.push(`${method} ${path}`);
      return respond(`${method} ${path}`);
    },
    listStories: async () => stories,
    listRefused: async () => [],
    listTopics: async () => [],
    listEditors: async () => [],
    listPartners: async () => [],
    listMedia: async () => media,
  };
};

/** A refusal of the newsroom. */
export const refusal = (status: number, detail: string): Response =>
  Response.json({ status, title: "No", detail }, { status, headers: { "content-type": "application/problem+json" } });
