import type { Item } from "../model/item.ts";
import type { Entry, FeedDocument } from "./feed-document.ts";

/** A rendered story: a range of bytes of a cached document. */
export interface Fragment extends Entry {
  readonly body: Uint8Array;
}

/**
 * An index of the stories that are rendered in cached documents. It has no bytes of its own: when a document is removed
 * from the cache, its stories are removed from the index.
 */
export interface Fragments {
  /**
   * The fragment of a story in documents of a kind (format and text), if there is one. An edited story is another Item.
   */
  find(kind: string, item: Item): Fragment | undefined;
  /** Adds a document. Its last entries are `items`, in this order. */
  add(kind: string, items: readonly Item[], document: FeedDocument): void;
  remove(document: FeedDocument): void;
}

/** Creates an empty index. */
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
