import { createServer, type IncomingMessage } from "node:http";

/** A request that a subscriber has received. */
export interface ReceivedRequest {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage["headers"];
  readonly body: Buffer;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** What a subscriber answers. */
export interface Reply {
  readonly status: number;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Milliseconds until it answers; with Infinity it never does. */
  readonly after?: number;
}

/** A server on loopback with a subscriber at each path. */
export interface Subscribers {
  readonly url: string;
  /** Returns all requests to a path (without query) so far. */
  readonly requestsAt: (path: string) => readonly ReceivedRequest[];
  /** Returns how many deliveries were unanswered at the same time, at most. */
  readonly maxConcurrentDeliveries: () => number;
  readonly close: () => Promise<void>;
}

/** Confirms whatever a hub asks, and accepts every delivery. */
export const acceptAll = ({ method, query }: ReceivedRequest): Reply =>
  method === "GET"
    ? { status: 200, body: query.get("hub.challenge") ?? query.get("challenge") ?? "" }
    : { status: 204 };

const readBody = async (request: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
};

/** Starts a server of subscribers. `replyTo` gets a request, and those that came to the same path before. */
export const startSubscribers = async (
  replyTo: (request: ReceivedRequest, before: readonly ReceivedRequest[]) => Reply = acceptAll,
): Promise<Subscribers> => {
  const requests = new Map<string, ReceivedRequest[]>();
  let deliveries = 0;
  let maxDeliveries = 0;
  const server = createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? "/", "http://localhost");
    const isDelivery = request.method === "POST";
    if (isDelivery) {
      maxDeliveries = Math.max(maxDeliveries, ++deliveries);
      // Answered, or given up by the hub: whichever is known first.
      let isOver = false;
      const end = (): void => {
        if (!isOver) deliveries -= 1;
        isOver = true;
        request.socket.off("end", end);
      };
      request.socket.once("end", end);
      for (const event of ["finish", "close"]) response.once(event, end);
    }
    const received: ReceivedRequest = {
      method: request.method ?? "",
      path: request.url ?? "",
      query: searchParams,
      headers: request.headers,
      body: await readBody(request),
      at: Date.now(),
    };
    const before = requests.get(pathname) ?? [];
    requests.set(pathname, before);
    const { status, body, headers = {}, after = 0 } = replyTo(received, before);
    before.push(received);
    if (after === Number.POSITIVE_INFINITY) return;
    if (after > 0) await new Promise((done) => setTimeout(done, after));
    response.writeHead(status, headers).end(body);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const address = server.address();
  if (typeof address !== "object" || address === null) throw new Error("no port");
  return {
    url: `http://127.0.0.1:${address.port}`,
    requestsAt: (path) => requests.get(path) ?? [],
    maxConcurrentDeliveries: () => maxDeliveries,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
};
