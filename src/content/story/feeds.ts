import type { VFile } from "vfile";
import type { CompileContext } from "../compile-context.ts";
import { quote, reportError } from "../messages/messages.ts";
import { suggest } from "../messages/suggest.ts";
import type { StoryData } from "../schema/story-schema.ts";
import type { YamlMapping } from "../yaml/yaml.ts";

/** The feeds that alone have a story, each once. Reports those that site.yaml does not have. */
export const resolveFeeds = (
  file: VFile,
  yaml: YamlMapping,
  { feeds }: Partial<StoryData>,
  { channel }: CompileContext,
): readonly string[] | undefined => {
  const known = channel.feeds.map(({ key }) => key);
  feeds?.forEach((name, index) => {
    if (known.includes(name)) return;
    const advice = known.length === 0 ? "It has none. Add it there." : "Add it there, or mend the name.";
    const reason = `${quote(name)} is no feed of site.yaml.${suggest(name, known) || ` ${advice}`}`;
    reportError(file, "unknown-feed", reason, yaml.placeOf(["feeds", index]));
  });
  return feeds && [...new Set(feeds)];
};
