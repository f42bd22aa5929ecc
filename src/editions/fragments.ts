import type { Item } from "../model/item.ts";
import type { Entry, FeedDocument } from "./document.ts";

/** A story that was rendered once: it lies in the body of a document that is kept anyway. */
export interface Fragment extends Entry {
  readonly body: Uint8Array;
}

/**
 * Finds stories that have been rendered in documents that are still kept. It holds no bytes of its own: when a document
 * is forgotten, its stories are too.
 */
export interface Fragments {
  /** The story as this kind of feed renders it. A story that was changed is another Item. */
  find(kind: string, item: Item): Fragment | undefined;
  /** `items` are those that the document's last entries are of, in order. */
  keep(kind: string, items: readonly Item[], document: FeedDocument): void;
  forget(document: FeedDocument): void;
}

/** An index of nothing yet. */
export const createFragments = (): Fragments => {
  const kinds = new Map<string, Map<Item, Fragment>>();
  const cached = new Map<FeedDocument, { readonly kind: string; readonly items: readonly Item[] }>();
  return {
    find: (kind, item) => kinds.get(kind)?.get(item),
    keep(kind, items, document) {
      const { body, entries } = document;
      const fragments = kinds.get(kind) ?? new Map<Item, Fragment>();
      kinds.set(kind, fragments);
      cached.set(document, { kind, items });
      const first = entries.length - items.length;
      items.forEach((item, index) => {
        const entry = entries[first + index];
        if (entry !== undefined) fragments.set(item, { ...entry, body });
      });
    },
    forget(document) {
      const { kind, items = [] } = cached.get(document) ?? {};
      cached.delete(document);
      const fragments = kinds.get(kind ?? "");
      for (const item of items) if (fragments?.get(item)?.body === document.body) fragments.delete(item);
    },
  };
};
