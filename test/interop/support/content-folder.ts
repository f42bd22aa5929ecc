import { type CompiledPublication, compilePublication } from "../../../src/content/publication.ts";
import type { Feed } from "../../../src/model/feed.ts";
import { writePublication } from "../../../src/model/publication.ts";
import { openBundled } from "../../../src/store/bundled/bundled-store.ts";
import type { Store } from "../../../src/store/store.ts";
import { FULL, feedAt, LATE } from "../../formats/support/publish.ts";

const encoder = new TextEncoder();

/** Compiles the files of a content folder, by path. */
export const compileFiles = (files: ReadonlyMap<string, string>): Promise<CompiledPublication> =>
  compilePublication(new Map([...files].map(([path, text]) => [path, encoder.encode(text)])));

/** Opens the store that would serve a compiled publication. Throws the compiler's messages if there is none. */
export const openCompiled = ({ publication, files }: CompiledPublication): Store => {
  if (publication === undefined) throw new Error(files.flatMap(({ messages }) => messages).join("\n"));
  return openBundled(writePublication(publication), "", { id: "test", at: 0 });
};

/** The main feed of a store, after all transitions in it. */
export const mainFeed = async (store: Store): Promise<Feed> => {
  const feed = await feedAt(store, FULL, LATE);
  if (feed === undefined) throw new Error("there is always a main feed");
  return feed;
};
