import { once } from "node:events";
import { createServer, type IncomingHttpHeaders } from "node:http";
import { text } from "node:stream/consumers";

/** A request as the server got it. */
export interface ServedRequest {
  readonly method: string;
  /** With the query string. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** What the server does: responds, or breaks the connection off before or within the response. */
export type ServerAnswer = Response | "break off" | "break off within";

/** A newsroom on loopback. */
export interface NewsroomServer extends AsyncDisposable {
  readonly url: string;
  readonly requests: readonly ServedRequest[];
}

/** Serves a newsroom that answers as the test says; `count` is the number of requests before. */
export const serveNewsroom = async (
  answer: (request: ServedRequest, count: number) => ServerAnswer,
): Promise<NewsroomServer> => {
  const requests: ServedRequest[] = [];
  const server = createServer(async (incoming, outgoing) => {
    const { method = "", url = "", headers } = incoming;
    const request = { method, path: url, headers, body: await text(incoming) };
    const given = answer(request, requests.length);
    requests.push(request);
    if (given === "break off") {
      incoming.socket.destroy();
      return;
    }
    if (given === "break off within") {
      outgoing.writeHead(200, { "content-length": "1000", "content-type": "application/json" });
      outgoing.write('{"items":', () => incoming.socket.destroy());
      return;
    }
    outgoing.writeHead(given.status, Object.fromEntries(given.headers));
    outgoing.end(new Uint8Array(await given.arrayBuffer()));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The server has no port.");
  return {
    url: `http://127.0.0.1:${address.port}`,
    requests,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
};
