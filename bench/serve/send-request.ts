import { type Agent, request } from "node:http";

/** A response as it came over the wire. */
export interface WireResponse {
  readonly status: number;
  /** By lower-case name. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: Uint8Array;
}

const TIMEOUT_MS = 10_000;

/**
 * Sends a request to a server on this machine: a PUT if there is a body to write, otherwise a GET; on a connection of
 * its own or one of `agent`. Rejects after 10 s without a response.
 */
export const sendRequest = (
  port: number,
  path: string,
  headers: Readonly<Record<string, string>>,
  agent: Agent | false = false,
  put?: string,
): Promise<WireResponse> =>
  new Promise((resolve, reject) => {
    const method = put === undefined ? "GET" : "PUT";
    const options = { port, path, method, headers, agent, host: "127.0.0.1", timeout: TIMEOUT_MS };
    const clientRequest = request(options, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("error", reject);
      response.on("end", () => {
        const entries = Object.entries(response.headers).map(([name, value]) => [name, String(value)] as const);
        resolve({ status: response.statusCode ?? 0, headers: new Map(entries), body: Buffer.concat(chunks) });
      });
    });
    clientRequest.on("timeout", () =>
      clientRequest.destroy(new Error(`No response for ${path} within ${TIMEOUT_MS / 1000} s.`)),
    );
    clientRequest.on("error", reject);
    clientRequest.end(put);
  });
