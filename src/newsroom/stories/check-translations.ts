import { quote } from "../../content/messages/messages.ts";
import { parseStory } from "../../content/story/story.ts";
import { findTranslationFault } from "../../content/story/translations.ts";
import type { Item } from "../../model/item.ts";
import type { Newsroom } from "../newsroom.ts";
import type { MessagePlaces, StoryMessage } from "./message-places.ts";

/**
 * What is wrong with a story among its translations. That it names no story is a warning: its original may be sent later, and until then
 * the story stands alone. All else is an error. `source` is what `item` was compiled of.
 */
export const checkTranslations = async (
  item: Item,
  path: string,
  source: Uint8Array,
  places: MessagePlaces,
  { repository, channel }: Pick<Newsroom, "channel" | "repository">,
): Promise<readonly StoryMessage[]> => {
  const { id, slug, translationOf, language = channel.language } = item;
  const others = await repository.findTranslations(item);
  const fault = findTranslationFault(
    { id, name: slug, language, translationOf },
    others.map((other) => ({ ...other, name: other.slug })),
  );
  const isMissing = translationOf !== undefined && !others.some((other) => other.id === translationOf);
  if (fault === undefined && !isMissing) return [];
  const { yaml } = parseStory(path, source);
  const key = fault === undefined || !Object.hasOwn(yaml?.data ?? {}, fault.key) ? "translationOf" : fault.key;
  const place = yaml?.placeOf([key]) ?? { line: 1, column: 1 };
  const { line, column } = "start" in place ? place.start : place;
  const missing = `No story has the id ${quote(translationOf ?? "")} yet: until one has, this one stands alone.`;
  const { rule, reason } = fault ?? { rule: "unknown-original", reason: missing };
  return [places.ofMessage(path, { fatal: fault !== undefined, ruleId: rule, reason, line, column, place }, yaml)];
};
