import { Agent } from "node:http";
import { sendRequest } from "../serve/send-request.ts";
import type { SampleRequest } from "./sample-requests.ts";

const CONNECTIONS = 16;

/**
 * Sends `count` requests on a few kept-alive connections; `next` returns each by its number. Rejects on an unexpected
 * status.
 */
export const sendAll = async (port: number, count: number, next: (number: number) => SampleRequest): Promise<void> => {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  let sent = 0;
  const work = async (): Promise<void> => {
    while (sent < count) {
      const { path, headers, status } = next(sent++);
      const response = await sendRequest(port, path, headers, agent);
      if (response.status !== status) throw new Error(`${path} answered ${response.status} instead of ${status}.`);
    }
  };
  try {
    await Promise.all(Array.from({ length: CONNECTIONS }, work));
  } finally {
    agent.destroy();
  }
};
