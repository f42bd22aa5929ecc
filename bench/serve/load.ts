import { once } from "node:events";
import { URL } from "node:url";
import { Worker } from "node:worker_threads";
import type { Order } from "./connection.ts";

/** A stretch of load. */
export interface SliceOrder extends Order {
  readonly connections: number;
  readonly milliseconds: number;
}

/** What came of it. */
export interface Slice {
  readonly answers: number;
  readonly seconds: number;
  /** Share of the time in which the load generator itself was busy; near 1 it is what limits the rate. */
  readonly busy: number;
}

/** A load generator in a thread of its own, which ends when this is disposed of. */
export interface Load extends AsyncDisposable {
  /** Keeps every connection busy with one request after the other. Fails on any unexpected answer. */
  slice(order: SliceOrder): Promise<Slice>;
}

const PATIENCE = 10_000;

/** Starts the thread. */
export const openLoad = (): Load => {
  const thread = new Worker(new URL("./load-thread.ts", import.meta.url));
  return {
    async slice(order) {
      thread.postMessage(order);
      const signal = AbortSignal.timeout(order.milliseconds + PATIENCE);
      const [message]: (Slice | Error)[] = await once(thread, "message", { signal }).catch((cause: unknown) => {
        throw new Error("The load generator got stuck, or its thread broke.", { cause });
      });
      if (message === undefined || message instanceof Error)
        throw message ?? new Error("The load thread said nothing.");
      return message;
    },
    async [Symbol.asyncDispose]() {
      await thread.terminate();
    },
  };
};
