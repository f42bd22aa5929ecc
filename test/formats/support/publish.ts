import { findFeed } from "../../../src/catalog/find-feed.ts";
import { compile } from "../../../src/content/compile.ts";
import type { CompileContext } from "../../../src/content/compile-context.ts";
import { compileSite } from "../../../src/content/site.ts";
import type { Feed } from "../../../src/model/feed.ts";
import { writePublication } from "../../../src/model/publication.ts";
import type { Scope } from "../../../src/model/scope.ts";
import type { View } from "../../../src/model/view.ts";
import { type BundledStore, openBundled } from "../../../src/store/bundled/bundled-store.ts";
import type { Store } from "../../../src/store/store.ts";

/**
 * Compiles a site and stories from their sources and opens the store that would serve them. Stories that the compiler
 * rejects are left out; throws its messages if it rejects the site.
 */
export const publish = (site: string, stories: readonly string[]): BundledStore => {
  const { channel, url, file } = compileSite(site, {});
  if (channel === undefined || url === undefined) throw new Error(file.messages.join("\n"));
  const context: CompileContext = { channel, media: {}, slugs: {} };
  const items = stories.flatMap((story, index) => compile(`story-${index}.md`, story, context).item ?? []);
  return openBundled(
    writePublication({
      url,
      channel,
      items,
      media: {},
      formerScopes: [],
      feedMembers: {},
      partners: [],
      partnerMembers: {},
    }),
    "",
    {
      id: "test",
      at: 0,
    },
  );
};

/** The feed of a view at a time; undefined if there is none. */
export const feedAt = async (store: Store, view: View, now: number): Promise<Feed | undefined> => {
  const found = await findFeed(store, view, now);
  return found.kind === "found" ? found.value : undefined;
};

/** The main feed in full. */
export const FULL: View = { scope: { kind: "all" }, text: "full" };

/** Every view that shows the first story of the main feed. */
const viewsOf = ({ items: [item] }: Feed): readonly View[] => {
  const scopes: readonly Scope[] = [
    { kind: "all" },
    ...(item === undefined ? [] : [{ kind: "article", key: item.slug } as const]),
    ...(item?.tags ?? []).map(({ key }) => ({ kind: "tag", key }) as const),
    ...(item?.authors ?? []).map(({ key }) => ({ kind: "author", key }) as const),
    ...(item?.section === undefined ? [] : [{ kind: "section", key: item.section.key } as const]),
  ];
  return scopes.flatMap((scope) => [{ scope, text: "full" } as const, { scope, text: "summary" } as const]);
};

const pick = <Value>(values: readonly Value[], index: number, otherwise: Value): Value =>
  values[index % values.length] ?? otherwise;

/** After every transition of arbitrary stories. */
export const LATE = Date.UTC(9999, 11, 31, 23, 59, 59);

/** One of the feeds of a publication at one of the times at which it changes; `index` chooses both. */
export const someFeed = async (store: BundledStore, index: number): Promise<{ feed: Feed; now: number }> => {
  const now = pick([LATE, ...store.transitions], index, LATE);
  const main = await feedAt(store, FULL, now);
  if (main === undefined) throw new Error("there is always a main feed");
  const views = viewsOf(main);
  return { feed: (await feedAt(store, pick(views, index >>> 4, FULL), now)) ?? main, now };
};
