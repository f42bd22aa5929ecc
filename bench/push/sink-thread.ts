import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { performance } from "node:perf_hooks";
import { parentPort } from "node:worker_threads";
import { type Arrivals, type Expected, now, type SinkCommand } from "./sink.ts";

// The thread of the subscribers: each message is a command, and is answered with one message.

type Load = ReturnType<typeof performance.eventLoopUtilization>;

/** The deliveries of one edition. */
class Round {
  readonly #expected: Expected;
  readonly #reached = new Set<string>();
  readonly #complete = Promise.withResolvers<Omit<Arrivals, "maxConcurrent" | "duplicates">>();
  #first = 0;
  #idle: Load | undefined;
  #concurrent = 0;
  #maxConcurrent = 0;
  #duplicates = 0;

  constructor(expected: Expected) {
    this.#expected = expected;
  }

  /** Resolves once all have arrived. Those that arrive after the last one are counted, too. */
  async arrivals(): Promise<Arrivals> {
    const complete = await this.#complete.promise;
    return { ...complete, maxConcurrent: this.#maxConcurrent, duplicates: this.#duplicates };
  }

  begin(): void {
    if (this.#idle === undefined) {
      this.#first = now();
      this.#idle = performance.eventLoopUtilization();
    }
    this.#concurrent += 1;
    this.#maxConcurrent = Math.max(this.#maxConcurrent, this.#concurrent);
  }

  async end(path: string, { headers }: IncomingMessage, chunks: readonly Buffer[]): Promise<void> {
    if (this.#expected.delay > 0) await new Promise((done) => setTimeout(done, this.#expected.delay));
    this.#concurrent -= 1;
    if (this.#reached.has(path)) this.#duplicates += 1;
    this.#reached.add(path);
    if (this.#reached.size !== this.#expected.count) return;
    const named = Object.entries(headers).map(([name, value]) => [name, String(value)] as const);
    const sample = { headers: Object.fromEntries(named), body: Buffer.concat(chunks) };
    const busy = performance.eventLoopUtilization(this.#idle).utilization;
    this.#complete.resolve({ first: this.#first, last: now(), busy, sample });
  }
}

let round = new Round({ count: 0, delay: 0 });

const handle = (request: IncomingMessage, response: ServerResponse): void => {
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

const execute = async (command: SinkCommand): Promise<true | Arrivals> => {
  if (command.kind === "wait") return round.arrivals();
  round = new Round(command.expected);
  return true;
};

parentPort?.on("message", (command: SinkCommand) => {
  execute(command).then((answer) => parentPort?.postMessage(answer));
});

const server = createServer(handle).listen(0, "127.0.0.1", () => {
  const address = server.address();
  if (typeof address === "object") parentPort?.postMessage(address?.port);
});
