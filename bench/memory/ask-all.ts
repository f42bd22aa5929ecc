import { Agent } from "node:http";
import { ask } from "../serve/exchange.ts";
import type { Question } from "./questions.ts";

const CONNECTIONS = 16;

/** Asks so many questions, on a few kept-alive connections. Fails on an answer of another status than it must have. */
export const askAll = async (port: number, count: number, next: (number: number) => Question): Promise<void> => {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  let asked = 0;
  const work = async (): Promise<void> => {
    while (asked < count) {
      const { path, headers, status } = next(asked++);
      const answer = await ask(port, path, headers, agent);
      if (answer.status !== status) throw new Error(`${path} answered ${answer.status} instead of ${status}.`);
    }
  };
  try {
    await Promise.all(Array.from({ length: CONNECTIONS }, work));
  } finally {
    agent.destroy();
  }
};
