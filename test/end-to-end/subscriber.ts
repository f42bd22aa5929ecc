import { createServer, type IncomingMessage } from "node:http";

/** A request that a subscriber got. */
export interface Call {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage["headers"];
  readonly body: Buffer;
  /** Milliseconds. */
  readonly at: number;
}

/** What a subscriber answers. */
export interface Reply {
  readonly status: number;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Milliseconds until it answers. */
  readonly after?: number;
}

/** Real subscribers on loopback, one at each path. */
export interface Subscribers {
  readonly url: string;
  /** All calls so far, by path without query. */
  readonly callsAt: (path: string) => readonly Call[];
  /** How many deliveries were on their way at the same time, at most. */
  readonly mostAtOnce: () => number;
  readonly close: () => Promise<void>;
}

/** Confirms whatever it is asked to confirm, and takes every delivery. */
export const agree = ({ method, query }: Call): Reply =>
  method === "GET"
    ? { status: 200, body: query.get("hub.challenge") ?? query.get("challenge") ?? "" }
    : { status: 204 };

const readBody = async (request: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
};

/** Opens a server of subscribers. `replyTo` is given the call and those that came to the same path before. */
export const openSubscribers = async (
  replyTo: (call: Call, before: readonly Call[]) => Reply = agree,
): Promise<Subscribers> => {
  const calls = new Map<string, Call[]>();
  let delivering = 0;
  let most = 0;
  const server = createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? "/", "http://localhost");
    const isDelivery = request.method === "POST";
    if (isDelivery) most = Math.max(most, ++delivering);
    const call: Call = {
      method: request.method ?? "",
      path: request.url ?? "",
      query: searchParams,
      headers: request.headers,
      body: await readBody(request),
      at: Date.now(),
    };
    const before = calls.get(pathname) ?? [];
    calls.set(pathname, before);
    const { status, body, headers = {}, after = 0 } = replyTo(call, before);
    before.push(call);
    if (after > 0) await new Promise((done) => setTimeout(done, after));
    if (isDelivery) delivering -= 1;
    response.writeHead(status, headers).end(body);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const address = server.address();
  if (typeof address !== "object" || address === null) throw new Error("no port");
  return {
    url: `http://127.0.0.1:${address.port}`,
    callsAt: (path) => calls.get(path) ?? [],
    mostAtOnce: () => most,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
};
