import { once } from "node:events";
import { URL } from "node:url";
import { Worker } from "node:worker_threads";

/** Deliveries that are expected, one to each of so many callbacks. */
export interface Expected {
  readonly count: number;
  /** Milliseconds for which a subscriber waits before it answers. */
  readonly delay: number;
}

/** Deliveries that have arrived. Times in milliseconds, on the clock of `now`. */
export interface Arrivals {
  readonly first: number;
  readonly last: number;
  /** The most of them that were unanswered at the same time. */
  readonly maxConcurrent: number;
  /** Deliveries to a callback that had got one already. */
  readonly duplicates: number;
  /**
   * Share of the time from the first to the last in which the sink itself was busy; near 1 it is what limits the rate.
   */
  readonly busy: number;
  /** One of them: all are alike but for their signatures. */
  readonly sample: { readonly headers: Readonly<Record<string, string>>; readonly body: Uint8Array };
}

/** A message to the thread of a sink. */
export type SinkCommand = { readonly kind: "expect"; readonly expected: Expected } | { readonly kind: "wait" };

/**
 * Subscribers on loopback, in a thread of their own, which ends when this is disposed of. They confirm whatever they
 * are asked.
 */
export interface Sink extends AsyncDisposable {
  /** With a number appended, the callback of a subscriber. */
  readonly url: string;
  /** Discards what has arrived before. */
  expect(expected: Expected): Promise<void>;
  /** Resolves once a delivery has arrived at each callback. */
  arrivals(): Promise<Arrivals>;
}

const TIMEOUT_MS = 30_000;

/** Returns milliseconds on a clock that is the same in all threads. */
export const now = (): number => Number(process.hrtime.bigint()) / 1e6;

/** Starts a sink. */
export const openSink = async (): Promise<Sink> => {
  const thread = new Worker(new URL("./sink-thread.ts", import.meta.url));
  const receive = async <Message>(): Promise<Message> => {
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    const [message]: Message[] = await once(thread, "message", { signal }).catch((cause: unknown) => {
      throw new Error("Not all subscribers got their delivery, or their thread broke.", { cause });
    });
    if (message === undefined) throw new Error("The thread of the subscribers said nothing.");
    return message;
  };
  const execute = <Message>(command: SinkCommand): Promise<Message> => {
    thread.postMessage(command);
    return receive<Message>();
  };
  const port = await receive<number>();
  return {
    url: `http://127.0.0.1:${port}/`,
    async expect(expected) {
      await execute<true>({ kind: "expect", expected });
    },
    arrivals: () => execute<Arrivals>({ kind: "wait" }),
    async [Symbol.asyncDispose]() {
      await thread.terminate();
    },
  };
};
