import type { Channel } from "../../src/model/channel.ts";
import type { Item } from "../../src/model/item.ts";
import { openBundled } from "../../src/store/bundled/bundled-store.ts";
import { compileText, type Files, story } from "../fixtures/publication.ts";

/** Compiles a story and the publication that it is in. */
export const compileStory = async (
  front: Readonly<Record<string, unknown>> = {},
  body?: string,
  more: Files = {},
): Promise<{ readonly item: Item; readonly channel: Channel }> => {
  const text = await compileText({ "a.md": story("a", front, body), ...more });
  const store = openBundled(text, "", { id: "", at: 0 });
  const [item] = await Array.fromAsync(store.stories({ kind: "all" }));
  if (item === undefined) throw new Error("no story was compiled");
  return { item, channel: store.channel };
};
