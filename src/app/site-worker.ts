import type { AlarmHandler, ObjectClass } from "../lib/object-class.ts";
import type { Hub, QueueMessage, Shard } from "../push/rpc.ts";
import type { Checks } from "../schedule/scheduler.ts";
import type { Usage } from "../usage/usage.ts";
import type { Env } from "./environment.ts";

/** The classes of the Durable Objects, which the entry of a worker exports by these names. */
export interface DurableObjectClasses {
  readonly Scheduler: ObjectClass<Env, Checks & AlarmHandler>;
  readonly Hub: ObjectClass<Env, Hub & AlarmHandler>;
  readonly TopicShard: ObjectClass<Env, Shard & AlarmHandler>;
  readonly Usage: ObjectClass<Env, Usage>;
}

/** A worker that serves a publication: its handlers of events, and the classes of its Durable Objects. */
export interface SiteWorker extends DurableObjectClasses {
  readonly fetch: (request: Request, env: Env) => Promise<Response>;
  readonly scheduled: (controller: ScheduledController, env: Env) => Promise<void>;
  readonly queue: (batch: MessageBatch<QueueMessage>, env: Env) => Promise<void>;
}

/** What a worker is made of. */
export interface WorkerOptions {
  /** The text that `feedwright build` writes into build/publication.txt. */
  readonly publication: string;
}
