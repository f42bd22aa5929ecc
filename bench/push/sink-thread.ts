import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { performance } from "node:perf_hooks";
import { parentPort } from "node:worker_threads";
import { type Arrived, type Expected, now, type SinkOrder } from "./sink.ts";

// The thread of the subscribers: each message is an order, and is answered by one.

type Load = ReturnType<typeof performance.eventLoopUtilization>;

/** What is being waited for. */
class Round {
  readonly #expected: Expected;
  readonly #reached = new Set<string>();
  readonly #whole = Promise.withResolvers<Omit<Arrived, "mostAtOnce" | "duplicates">>();
  #first = 0;
  #idle: Load | undefined;
  #atOnce = 0;
  #most = 0;
  #duplicates = 0;

  constructor(expected: Expected) {
    this.#expected = expected;
  }

  /** Once all are there; it counts those that came after the last one, too. */
  async arrived(): Promise<Arrived> {
    const whole = await this.#whole.promise;
    return { ...whole, mostAtOnce: this.#most, duplicates: this.#duplicates };
  }

  begin(): void {
    if (this.#idle === undefined) {
      this.#first = now();
      this.#idle = performance.eventLoopUtilization();
    }
    this.#atOnce += 1;
    this.#most = Math.max(this.#most, this.#atOnce);
  }

  async end(path: string, { headers }: IncomingMessage, chunks: readonly Buffer[]): Promise<void> {
    if (this.#expected.delay > 0) await new Promise((done) => setTimeout(done, this.#expected.delay));
    this.#atOnce -= 1;
    if (this.#reached.has(path)) this.#duplicates += 1;
    this.#reached.add(path);
    if (this.#reached.size !== this.#expected.count) return;
    const named = Object.entries(headers).map(([name, value]) => [name, String(value)] as const);
    const sample = { headers: Object.fromEntries(named), body: Buffer.concat(chunks) };
    const busy = performance.eventLoopUtilization(this.#idle).utilization;
    this.#whole.resolve({ first: this.#first, last: now(), busy, sample });
  }
}

let round = new Round({ count: 0, delay: 0 });

const take = (request: IncomingMessage, response: ServerResponse): void => {
  const { method, url = "/" } = request;
  if (method === "GET") {
    response.end(new URL(url, "http://localhost").searchParams.get("hub.challenge"));
    return;
  }
  const mine = round;
  const chunks: Buffer[] = [];
  mine.begin();
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  request.on("end", async () => {
    await mine.end(url, request, chunks);
    response.writeHead(204).end();
  });
};

const obey = async (order: SinkOrder): Promise<true | Arrived> => {
  if (order.kind === "wait") return round.arrived();
  round = new Round(order.expected);
  return true;
};

parentPort?.on("message", (order: SinkOrder) => {
  obey(order).then((answer) => parentPort?.postMessage(answer));
});

const server = createServer(take).listen(0, "127.0.0.1", () => {
  const address = server.address();
  if (typeof address === "object") parentPort?.postMessage(address?.port);
});
