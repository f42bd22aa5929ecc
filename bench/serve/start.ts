import { readFile } from "node:fs/promises";
import { convertV4MiniflareOptions, Miniflare, type V4WorkerOptionsShape } from "miniflare";
import { compatibilityDate } from "./bundle.ts";

/** A worker on a workerd of its own, with miniflare's bindings. Disposing ends it. */
export interface Started extends AsyncDisposable {
  readonly port: number;
  /** Of workerd; undefined if the system does not tell (only Linux does). */
  readonly pid: number | undefined;
  readonly miniflare: Miniflare;
}

/** Ids of the child processes of this one; empty if the system does not tell. */
const childProcesses = async (): Promise<readonly number[]> => {
  try {
    const text = await readFile(`/proc/${process.pid}/task/${process.pid}/children`, "utf8");
    return text.split(" ").filter(Boolean).map(Number);
  } catch {
    return [];
  }
};

/** Starts a worker of ES modules, the entry first, and of text modules. `more` are options of miniflare. */
export const start = async (
  modules: readonly (readonly [name: string, code: string])[],
  more: V4WorkerOptionsShape,
  texts: readonly (readonly [name: string, text: string])[] = [],
): Promise<Started> => {
  const before = new Set(await childProcesses());
  const miniflare = new Miniflare(
    convertV4MiniflareOptions({
      host: "127.0.0.1",
      cf: false,
      telemetry: { enabled: false },
      compatibilityDate: await compatibilityDate(),
      modulesRoot: "/",
      modules: [
        ...modules.map(([name, contents]) => ({ type: "ESModule" as const, path: `/${name}`, contents })),
        ...texts.map(([name, contents]) => ({ type: "Text" as const, path: `/${name}`, contents })),
      ],
      // Requests to this socket reach the worker directly; others pass through a worker of miniflare.
      unsafeDirectSockets: [{ host: "127.0.0.1", port: 0 }],
      ...more,
    }),
  );
  try {
    const { port } = await miniflare.unsafeGetDirectURL();
    const pid = (await childProcesses()).find((one) => !before.has(one));
    return { port: Number(port), pid, miniflare, [Symbol.asyncDispose]: () => miniflare.dispose() };
  } catch (error) {
    await miniflare.dispose();
    throw error;
  }
};
