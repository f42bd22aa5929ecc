import { expectTypeOf, test } from "vitest";
import type {
  Channel,
  Env,
  Feed,
  Item,
  Partner,
  Publication,
  PublicationSource,
  SiteWorker,
  View,
  WorkerOptions,
} from "../../src/index.ts";
import { createWorker } from "../../src/index.ts";

test("createWorker takes the text of a publication, and gives the handlers and classes of a worker", () => {
  expectTypeOf(createWorker).toEqualTypeOf<(options: WorkerOptions) => SiteWorker>();
  expectTypeOf<WorkerOptions>().toEqualTypeOf<{
    readonly publication: string | PublicationSource;
    readonly path?: string;
  }>();
  expectTypeOf<keyof SiteWorker>().toEqualTypeOf<
    "fetch" | "scheduled" | "queue" | "Scheduler" | "Hub" | "TopicShard" | "Usage"
  >();
  expectTypeOf<SiteWorker["fetch"]>().toEqualTypeOf<
    (request: Request, env: Env, context?: Pick<ExecutionContext, "waitUntil">) => Promise<Response>
  >();
  expectTypeOf<SiteWorker["scheduled"]>().toEqualTypeOf<(controller: ScheduledController, env: Env) => Promise<void>>();
  expectTypeOf<SiteWorker["queue"]>().parameter(1).toEqualTypeOf<Env>();
  expectTypeOf<SiteWorker["queue"]>().returns.toEqualTypeOf<Promise<void>>();
  expectTypeOf<Pick<SiteWorker, "fetch" | "scheduled">>().toExtend<ExportedHandler<Env>>();
});

test("Env has the bindings and variables of wrangler.toml, none of which must be there", () => {
  expectTypeOf<Exclude<keyof Env, `HUB_${string}`>>().toEqualTypeOf<
    | (
        | "ASSETS"
        | "VERSION"
        | "SITE_URL"
        | "STORE"
        | "DB"
        | "SCHEDULER"
        | "MEDIA"
        | "PUBLISH_TOKEN"
        | "REQUIRE_IF_MATCH"
      )
    | ("MISS_LIMIT" | "PARTNER_STANDARD" | "PARTNER_STANDARD_BURST" | "PARTNER_HIGH" | "PARTNER_HIGH_BURST")
    | ("REVISION_SECONDS" | "HUB" | "TOPICS" | "DELIVERIES" | "DNS_URL" | "USAGE")
  >();
  expectTypeOf<{ readonly ASSETS: Pick<Fetcher, "fetch"> }>().toExtend<Env>();
  expectTypeOf<{ readonly DB: string }>().not.toExtend<Env>();
});

test("an Item has these keys", () => {
  expectTypeOf<keyof Item>().toEqualTypeOf<
    | ("id" | "slug" | "url" | "canonical" | "title" | "firstWords" | "summary" | "opening" | "html" | "blocks")
    | ("replacedBlocks" | "unfitFor" | "published" | "updated" | "utcOffsetSeconds" | "authors" | "section" | "tags")
    | (
        | "image"
        | "attachments"
        | "language"
        | "translationOf"
        | "aliases"
        | "source"
        | "license"
        | "usage"
        | "republish"
      )
    | ("draft" | "expires" | "withdrawn" | "corrections" | "feeds" | "media" | "undistributable" | "markdown")
  >();
  expectTypeOf<Pick<Item, "id" | "title" | "published" | "draft" | "section">>().toEqualTypeOf<{
    readonly id: string;
    readonly title: string;
    readonly published: number;
    readonly draft: boolean;
    readonly section?: { readonly key: string; readonly name: string };
  }>();
});

test("a Channel has these keys", () => {
  expectTypeOf<keyof Channel>().toEqualTypeOf<
    | ("id" | "url" | "title" | "description" | "language" | "timeZone" | "authors" | "sections" | "feeds" | "rights")
    | ("license" | "usage" | "republish" | "image" | "icon" | "hubs" | "signature" | "redirects" | "feedLength")
    | ("deltas" | "feedPages" | "noticeDays" | "freshness" | "words" | "media" | "logo" | "accent" | "fonts" | "theme")
    | ("pages" | "menu" | "footer" | "markdown")
  >();
  expectTypeOf<Channel["freshness"]>().toEqualTypeOf<{
    readonly maxAge: number;
    readonly staleWhileRevalidate: number;
    readonly staleIfError: number;
  }>();
});

test("a Feed is a channel, a view and its items", () => {
  expectTypeOf<keyof Feed>().toEqualTypeOf<
    | ("channel" | "view" | "id" | "title" | "page" | "base" | "hubs" | "current" | "previous" | "updated")
    | ("items" | "notices" | "tombstones")
  >();
  expectTypeOf<Pick<Feed, "channel" | "view" | "base" | "items">>().toEqualTypeOf<{
    readonly channel: Channel;
    readonly view: View;
    readonly base: string;
    readonly items: readonly Item[];
  }>();
});

test("a Publication and a Partner have these keys", () => {
  expectTypeOf<keyof Publication>().toEqualTypeOf<
    | "url"
    | "channel"
    | "draftPages"
    | "items"
    | "media"
    | "formerScopes"
    | "feedMembers"
    | "partners"
    | "partnerMembers"
  >();
  expectTypeOf<keyof Partner>().toEqualTypeOf<
    | ("name" | "contact" | "enabled" | "expires" | "tokens" | "open" | "header" | "networks" | "rate" | "selection")
    | ("text" | "length" | "hours" | "delaySeconds" | "formats" | "attribution" | "license")
  >();
});
