import { start } from "../serve/start.ts";
import type { Sink } from "./sink.ts";

/** What is to be delivered, and to how many subscribers. */
export interface Delivery {
  readonly count: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  /** Signs each request anew, as the hub does. */
  readonly secret: string | undefined;
}

/** A worker that delivers without a hub. */
export interface BareWorker extends AsyncDisposable {
  /** Of workerd; undefined if the system does not say. */
  readonly pid: number | undefined;
  /** Delivers once to each subscriber. */
  deliver(delivery: Delivery): Promise<void>;
}

const DELIVERY_HEADER = "x-delivery";

// The least that a worker can do: it records nothing, does not try again, and waits for as long as a subscriber takes.
const CODE = `import { createHmac } from "node:crypto";
export default {
  async fetch(request) {
    const { url, count, headers, secret } = JSON.parse(request.headers.get("${DELIVERY_HEADER}"));
    const body = new Uint8Array(await request.arrayBuffer());
    const sign = () => ({ "x-hub-signature": "sha256=" + createHmac("sha256", secret).update(body).digest("hex") });
    let next = 0;
    const work = async () => {
      while (next < count) {
        const all = secret === undefined ? headers : { ...headers, ...sign() };
        const response = await fetch(url + next++, { method: "POST", headers: all, body, redirect: "manual" });
        await response.body?.cancel();
      }
    };
    await Promise.all(Array.from({ length: 6 }, work));
    return new Response(null, { status: 204 });
  },
};
`;

/** Starts a bare worker that delivers to a sink. */
export const startBareWorker = async ({ url }: Sink): Promise<BareWorker> => {
  const started = await start([["worker.js", CODE]], {});
  return {
    pid: started.pid,
    async deliver({ body, ...rest }) {
      const headers = { [DELIVERY_HEADER]: JSON.stringify({ url, ...rest }) };
      const answer = await fetch(`http://127.0.0.1:${started.port}/`, { method: "POST", headers, body });
      if (answer.status !== 204) throw new Error(`The bare worker answered ${answer.status}.`);
    },
    [Symbol.asyncDispose]: () => started[Symbol.asyncDispose](),
  };
};
