import { readFile } from "node:fs/promises";
import { convertV4MiniflareOptions, Miniflare, type V4WorkerOptionsShape } from "miniflare";
import { compatibilityDate } from "./bundle.ts";

/** A worker in a workerd of its own, with what miniflare gives it; both end when this is disposed of. */
export interface Started extends AsyncDisposable {
  readonly port: number;
  /** Of workerd; nothing where the system does not say. */
  readonly pid: number | undefined;
  readonly miniflare: Miniflare;
}

/** This process's own, where the system tells (Linux). */
const children = async (): Promise<readonly number[]> => {
  try {
    const text = await readFile(`/proc/${process.pid}/task/${process.pid}/children`, "utf8");
    return text.split(" ").filter(Boolean).map(Number);
  } catch {
    return [];
  }
};

/** Starts ES modules, the entry first. */
export const start = async (
  modules: readonly (readonly [name: string, code: string])[],
  more: V4WorkerOptionsShape,
  texts: readonly (readonly [name: string, text: string])[] = [],
): Promise<Started> => {
  const before = new Set(await children());
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
      // Requests that come by this one go straight to the worker; else they would pass another one, of miniflare's.
      unsafeDirectSockets: [{ host: "127.0.0.1", port: 0 }],
      ...more,
    }),
  );
  try {
    const { port } = await miniflare.unsafeGetDirectURL();
    const pid = (await children()).find((one) => !before.has(one));
    return { port: Number(port), pid, miniflare, [Symbol.asyncDispose]: () => miniflare.dispose() };
  } catch (error) {
    await miniflare.dispose();
    throw error;
  }
};
