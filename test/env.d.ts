import type { Env } from "../src/worker.ts";

declare global {
  namespace Cloudflare {
    // The bindings that wrangler.toml gives the tests inside workerd.
    interface Env extends WorkerEnv {}
  }
}

type WorkerEnv = Env;
