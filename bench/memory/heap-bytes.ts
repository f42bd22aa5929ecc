import { sendRequest } from "../serve/send-request.ts";
import type { WorkerSource } from "../serve/worker-source.ts";
import type { Workerd } from "../serve/workerd.ts";

/** At this path, a worker that `withCollector` made collects garbage. */
const COLLECTING_PATH = "/collect-garbage";

const COLLECTING_WORKER = `import worker from "./ours.js";
const { fetch } = worker;
const collect = () => (gc(), new Response(null, { status: 204 }));
export default { ...worker, fetch: (request, ...rest) => (request.url.endsWith("${COLLECTING_PATH}") ? collect() : fetch(request, ...rest)) };`;

/** A worker that can be told to collect garbage: the inspector's own command for that is never answered by workerd. */
export const withCollector = ({ code, modules, ...source }: WorkerSource): WorkerSource => ({
  ...source,
  code: COLLECTING_WORKER,
  modules: new Map([...modules, ["ours.js", code]]),
  v8Flags: ["--expose-gc"],
});

/** What V8 says of an isolate's memory, in bytes. */
interface HeapUsage {
  readonly usedSize: number;
  /** What ArrayBuffers hold. */
  readonly backingStorageSize: number;
}

/** Bytes that live objects of the isolate hold, ArrayBuffers included. The worker is one of `withCollector`. */
export const heapBytes = async ({ port, inspectorPort }: Workerd): Promise<number> => {
  // The second time also collects what the first one only finalised.
  for (let times = 0; times < 2; times++) await sendRequest(port, COLLECTING_PATH, { host: "collect.example" });
  const socket = new WebSocket(`ws://127.0.0.1:${inspectorPort}/main`);
  try {
    const { usedSize, backingStorageSize } = await new Promise<HeapUsage>((resolve, reject) => {
      socket.addEventListener("error", () => reject(new Error("workerd's inspector can't be reached.")));
      socket.addEventListener("open", () => socket.send('{"id":1,"method":"Runtime.getHeapUsage"}'));
      socket.addEventListener("message", ({ data }) => resolve(JSON.parse(String(data)).result));
    });
    return usedSize + backingStorageSize;
  } finally {
    socket.close();
  }
};
