import { once } from "node:events";
import { performance } from "node:perf_hooks";
import { parentPort } from "node:worker_threads";
import { type Connection, openConnection } from "./connection.ts";
import type { LoadOptions, LoadResult } from "./load-generator.ts";

// The thread of the load generator: each message has the options of a run, and is answered by its result.

const run = async (options: LoadOptions): Promise<LoadResult> => {
  let responses = 0;
  let isOver = false;
  const { promise: failed, reject: fail } = Promise.withResolvers<never>();
  const { promise: firstResponse, resolve: onFirstResponse } = Promise.withResolvers<void>();
  const connections = Array.from({ length: options.connections }, () =>
    openConnection(options, (connection: Connection) => {
      if (isOver) return;
      responses += 1;
      onFirstResponse();
      connection.sendRequest();
    }),
  );
  for (const { socket } of connections) {
    socket.on("error", fail);
    socket.on("close", () => fail(new Error("The server closed a connection.")));
  }
  try {
    await Promise.race([Promise.all(connections.map(({ socket }) => once(socket, "connect"))), failed]);
    const idle = performance.eventLoopUtilization();
    const start = performance.now();
    for (const { sendRequest } of connections) sendRequest();
    const { promise: timeUp, resolve } = Promise.withResolvers<void>();
    setTimeout(resolve, options.milliseconds);
    await Promise.race([Promise.all([timeUp, firstResponse]), failed]);
    const seconds = (performance.now() - start) / 1000;
    return { responses, seconds, busy: performance.eventLoopUtilization(idle).utilization };
  } finally {
    isOver = true;
    for (const { socket } of connections) {
      socket.removeAllListeners("close");
      socket.destroy();
    }
  }
};

parentPort?.on("message", (options: LoadOptions) => {
  run(options).then(
    (result) => parentPort?.postMessage(result),
    (error: unknown) => parentPort?.postMessage(error),
  );
});
