import type { Channel } from "../../src/model/channel.ts";
import type { Item } from "../../src/model/item.ts";
import { openBundled } from "../../src/store/bundled/bundled-store.ts";
import { compileText, type Files, story } from "../fixtures/publication.ts";

/** A story and the publication it stands in, compiled. */
export const compileStory = async (
  front: Readonly<Record<string, unknown>> = {},
  body?: string,
  more: Files = {},
): Promise<{ readonly item: Item; readonly channel: Channel }> => {
  const text = await compileText({ "a.md": story("a", front, body), ...more });
  const store = openBundled(text, "", { id: "", at: 0 });
  const [item] = Array.from(await Array.fromAsync(store.stories({ kind: "all" })));
  if (item === undefined) throw new Error("no story was compiled");
  return { item, channel: store.channel };
};
