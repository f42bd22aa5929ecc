import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { buffer } from "node:stream/consumers";
import { setTimeout as delay } from "node:timers/promises";

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

/** Reads a body; undefined if the connection breaks off, as that of a hub that is killed does. */
const readBody = async (request: IncomingMessage): Promise<Buffer | undefined> => {
  try {
    return await buffer(request);
  } catch {
    return undefined;
  }
};

/** Starts a server of subscribers. `replyTo` gets a request, and those that came to the same path before. */
export const startSubscribers = async (
  replyTo: (request: ReceivedRequest, before: readonly ReceivedRequest[]) => Reply = acceptAll,
): Promise<Subscribers> => {
  const requests = new Map<string, ReceivedRequest[]>();
  const underWay = new Set<ServerResponse>();
  let maxUnderWay = 0;
  const server = createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? "/", "http://localhost");
    const { socket } = request;
    if (request.method === "POST") underWay.add(response);
    // A hub that gives up a delivery may make the next before the end of the former connection is read here.
    setImmediate(() =>
      setImmediate(() => {
        maxUnderWay = Math.max(maxUnderWay, underWay.size);
      }),
    );
    // Answered, or given up by the hub: then the connection ends.
    const end = (): void => {
      underWay.delete(response);
      socket.off("end", end);
    };
    socket.once("end", end);
    response.once("close", end);
    const body = await readBody(request);
    if (body === undefined) return;
    const received: ReceivedRequest = {
      method: request.method ?? "",
      path: request.url ?? "",
      query: searchParams,
      headers: request.headers,
      body,
      at: Date.now(),
    };
    const before = requests.get(pathname) ?? [];
    requests.set(pathname, before);
    const reply = replyTo(received, before);
    before.push(received);
    if (reply.after === Number.POSITIVE_INFINITY) return;
    if (reply.after !== undefined) await delay(reply.after);
    end();
    response.writeHead(reply.status, reply.headers).end(reply.body);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const address = server.address();
  if (typeof address !== "object" || address === null) throw new Error("no port");
  return {
    url: `http://127.0.0.1:${address.port}`,
    requestsAt: (path) => requests.get(path) ?? [],
    maxConcurrentDeliveries: () => maxUnderWay,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
};
