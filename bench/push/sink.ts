import { once } from "node:events";
import { URL } from "node:url";
import { Worker } from "node:worker_threads";

/** Deliveries that are to come, one to each of so many callbacks. */
export interface Expected {
  readonly count: number;
  /** Milliseconds for which a subscriber waits before it answers. */
  readonly delay: number;
}

/** Deliveries that have come. Times in milliseconds, on the clock of `now`. */
export interface Arrived {
  readonly first: number;
  readonly last: number;
  /** The most of them that were not answered yet, at the same time. */
  readonly mostAtOnce: number;
  /** Those that came to a callback once more. */
  readonly duplicates: number;
  /** Share of the time from the first to the last in which the sink itself was busy; near 1 it is what limits the rate. */
  readonly busy: number;
  /** One of them: all are alike but for their signatures. */
  readonly sample: { readonly headers: Readonly<Record<string, string>>; readonly body: Uint8Array };
}

/** What its thread is told. */
export type SinkOrder = { readonly kind: "expect"; readonly expected: Expected } | { readonly kind: "wait" };

/** Subscribers on loopback, in a thread of their own, which ends when this is disposed of. They confirm whatever they are asked. */
export interface Sink extends AsyncDisposable {
  /** With a number behind it, the callback of a subscriber. */
  readonly url: string;
  /** Forgets what came before. */
  expect(expected: Expected): Promise<void>;
  /** Resolves once a delivery has come to each callback. */
  arrived(): Promise<Arrived>;
}

const PATIENCE = 30_000;

/** The same clock in all threads. */
export const now = (): number => Number(process.hrtime.bigint()) / 1e6;

/** Starts the thread. */
export const openSink = async (): Promise<Sink> => {
  const thread = new Worker(new URL("./sink-thread.ts", import.meta.url));
  const hear = async <Message>(): Promise<Message> => {
    const signal = AbortSignal.timeout(PATIENCE);
    const [message]: Message[] = await once(thread, "message", { signal }).catch((cause: unknown) => {
      throw new Error("Not all subscribers got their delivery, or their thread broke.", { cause });
    });
    if (message === undefined) throw new Error("The thread of the subscribers said nothing.");
    return message;
  };
  const tell = <Message>(order: SinkOrder): Promise<Message> => {
    thread.postMessage(order);
    return hear<Message>();
  };
  const port = await hear<number>();
  return {
    url: `http://127.0.0.1:${port}/`,
    async expect(expected) {
      await tell<true>({ kind: "expect", expected });
    },
    arrived: () => tell<Arrived>({ kind: "wait" }),
    async [Symbol.asyncDispose]() {
      await thread.terminate();
    },
  };
};
