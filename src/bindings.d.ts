import type { Env } from "./app/environment.ts";
import type { SchedulerObject } from "./schedule/scheduler.ts";

declare global {
  namespace Cloudflare {
    // What wrangler.toml binds, for `import { env } from "cloudflare:workers"`.
    interface Env extends Bindings {
      readonly ASSETS: Pick<Fetcher, "fetch">;
      readonly SCHEDULER?: DurableObjectNamespace<SchedulerObject>;
    }
  }
}

type Bindings = Omit<Env, "ASSETS" | "SCHEDULER">;
