import { once } from "node:events";
import { performance } from "node:perf_hooks";
import { parentPort } from "node:worker_threads";
import { type Connection, openConnection } from "./connection.ts";
import type { Slice, SliceOrder } from "./load.ts";

// The thread of the load generator: each message asks for one slice of load, and is answered by one.

const run = async (order: SliceOrder): Promise<Slice> => {
  let answers = 0;
  let isOver = false;
  const { promise: failed, reject: fail } = Promise.withResolvers<never>();
  const { promise: answered, resolve: noteAnswer } = Promise.withResolvers<void>();
  const connections = Array.from({ length: order.connections }, () =>
    openConnection(order, (connection: Connection) => {
      if (isOver) return;
      answers += 1;
      noteAnswer();
      connection.send();
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
    for (const { send } of connections) send();
    const { promise: timeUp, resolve } = Promise.withResolvers<void>();
    setTimeout(resolve, order.milliseconds);
    await Promise.race([Promise.all([timeUp, answered]), failed]);
    const seconds = (performance.now() - start) / 1000;
    return { answers, seconds, busy: performance.eventLoopUtilization(idle).utilization };
  } finally {
    isOver = true;
    for (const { socket } of connections) {
      socket.removeAllListeners("close");
      socket.destroy();
    }
  }
};

parentPort?.on("message", (order: SliceOrder) => {
  run(order).then(
    (slice) => parentPort?.postMessage(slice),
    (error: unknown) => parentPort?.postMessage(error),
  );
});
