import type { Env } from "./app/environment.ts";

declare global {
  namespace Cloudflare {
    // What wrangler.toml binds, for `import { env } from "cloudflare:workers"`.
    interface Env extends Bindings {}
  }
}

type Bindings = Env;
