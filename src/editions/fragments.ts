import type { Item } from "../model/item.ts";
import type { Entry, FeedDocument } from "./document.ts";

/** A story that was rendered: the bytes lie in the body of a cached document. */
export interface Fragment extends Entry {
  readonly body: Uint8Array;
}

/**
 * An index of the stories that are rendered in cached documents. It holds no bytes of its own: when a document leaves the cache,
 * its stories leave the index.
 */
export interface Fragments {
  /** The fragment of a story in feeds of this kind (format and text); undefined if there is none. A story that was edited is another Item. */
  find(kind: string, item: Item): Fragment | undefined;
  /** Adds a document. `items` are what its last entries are rendered from, in order. */
  add(kind: string, items: readonly Item[], document: FeedDocument): void;
  remove(document: FeedDocument): void;
}

/** An empty index. */
export const createFragments = (): Fragments => {
  const kinds = new Map<string, Map<Item, Fragment>>();
  const documents = new Map<FeedDocument, { readonly kind: string; readonly items: readonly Item[] }>();
  return {
    find: (kind, item) => kinds.get(kind)?.get(item),
    add(kind, items, document) {
      const { body, entries } = document;
      const fragments = kinds.get(kind) ?? new Map<Item, Fragment>();
      kinds.set(kind, fragments);
      documents.set(document, { kind, items });
      const first = entries.length - items.length;
      items.forEach((item, index) => {
        const entry = entries[first + index];
        if (entry !== undefined) fragments.set(item, { ...entry, body });
      });
    },
    remove(document) {
      const { kind, items = [] } = documents.get(document) ?? {};
      documents.delete(document);
      const fragments = kinds.get(kind ?? "");
      for (const item of items) if (fragments?.get(item)?.body === document.body) fragments.delete(item);
    },
  };
};
