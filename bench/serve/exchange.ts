import { type Agent, request } from "node:http";

/** An answer as it came over the wire. */
export interface Exchange {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: Uint8Array;
}

const TIMEOUT = 10_000;

/**
 * Asks a server on this machine once, on a connection of its own or one of an agent's: GET, or PUT where there is something
 * to write. Fails after 10 s.
 */
export const ask = (
  port: number,
  path: string,
  headers: Readonly<Record<string, string>>,
  agent: Agent | false = false,
  put?: string,
): Promise<Exchange> =>
  new Promise((resolve, reject) => {
    const method = put === undefined ? "GET" : "PUT";
    const asked = request({ port, path, method, headers, agent, host: "127.0.0.1", timeout: TIMEOUT }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on("data", (chunk: Buffer) => chunks.push(chunk));
      answer.on("error", reject);
      answer.on("end", () => {
        const named = Object.entries(answer.headers).map(([name, value]) => [name, String(value)] as const);
        resolve({ status: answer.statusCode ?? 0, headers: new Map(named), body: Buffer.concat(chunks) });
      });
    });
    asked.on("timeout", () => asked.destroy(new Error(`No answer for ${path} within ${TIMEOUT / 1000} s.`)));
    asked.on("error", reject);
    asked.end(put);
  });
