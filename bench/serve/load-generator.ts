import { once } from "node:events";
import { URL } from "node:url";
import { Worker } from "node:worker_threads";
import type { LoadTarget } from "./connection.ts";

/** What to request, on how many connections and for how long. */
export interface LoadOptions extends LoadTarget {
  readonly connections: number;
  readonly milliseconds: number;
}

/** What came of it. */
export interface LoadResult {
  readonly responses: number;
  readonly seconds: number;
  /** Share of the time in which the load generator itself was busy; near 1 it limits the rate. */
  readonly busy: number;
}

/** A load generator in a thread of its own, which ends when this is disposed of. */
export interface LoadGenerator extends AsyncDisposable {
  /** Keeps every connection busy with one request after the other. Rejects on any unexpected response. */
  run(options: LoadOptions): Promise<LoadResult>;
}

const TIMEOUT_MS = 10_000;

/** Starts the thread. */
export const startLoadGenerator = (): LoadGenerator => {
  const thread = new Worker(new URL("./load-generator-thread.ts", import.meta.url));
  return {
    async run(options) {
      thread.postMessage(options);
      const signal = AbortSignal.timeout(options.milliseconds + TIMEOUT_MS);
      const [message]: (LoadResult | Error)[] = await once(thread, "message", { signal }).catch((cause: unknown) => {
        throw new Error("The thread of the load generator has failed or does not answer.", { cause });
      });
      if (message === undefined) throw new Error("The thread of the load generator sent no result.");
      if (message instanceof Error) throw message;
      return message;
    },
    async [Symbol.asyncDispose]() {
      await thread.terminate();
    },
  };
};
