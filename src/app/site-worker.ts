import type { AlarmHandler, ObjectClass } from "../lib/object-class.ts";
import type { Hub, QueueMessage, Shard } from "../push/rpc.ts";
import type { Checks } from "../schedule/scheduler.ts";
import type { PublicationLoader, PublicationSource } from "../store/loaded/publication-source.ts";
import type { Usage } from "../usage/usage.ts";
import type { Env } from "./environment.ts";

/** The classes of the Durable Objects, which the entry of a worker exports by these names. */
export interface DurableObjectClasses {
  readonly Scheduler: ObjectClass<Env, Checks & Partial<PublicationLoader> & AlarmHandler>;
  readonly Hub: ObjectClass<Env, Hub & AlarmHandler>;
  readonly TopicShard: ObjectClass<Env, Shard & AlarmHandler>;
  readonly Usage: ObjectClass<Env, Usage>;
}

/** A worker that serves a publication: its handlers of events, and the classes of its Durable Objects. */
export interface SiteWorker extends DurableObjectClasses {
  /** Answers a request; its context is not needed. */
  readonly fetch: (request: Request, env: Env, context?: Pick<ExecutionContext, "waitUntil">) => Promise<Response>;
  readonly scheduled: (controller: ScheduledController, env: Env) => Promise<void>;
  readonly queue: (batch: MessageBatch<QueueMessage>, env: Env) => Promise<void>;
}

/** What a worker is made of. */
export interface WorkerOptions {
  /** The text that `feedwright build` writes into build/publication.txt, or a source such as `fromFeed` makes. */
  readonly publication: string | PublicationSource;
  /**
   * The path below which the site lies, such as `/news`; by default, and always, that of the site's address. A source that is
   * mounted in another worker has to be told.
   */
  readonly path?: string;
}
