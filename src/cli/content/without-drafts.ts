import type { Item } from "../../model/item.ts";
import type { Publication } from "../../model/publication.ts";
import { scopeName, scopesOf } from "../../model/scope.ts";

/** The lists of members, by the places that items have once others are left out. */
const movedMembers = (
  lists: Readonly<Record<string, readonly number[]>>,
  places: ReadonlyMap<number, number>,
): Readonly<Record<string, readonly number[]>> =>
  Object.fromEntries(
    Object.entries(lists).map(([name, members]) => [name, members.flatMap((index) => places.get(index) ?? [])]),
  );

const mediaOf = (texts: readonly Pick<Item, "media">[]): ReadonlySet<string> =>
  new Set(texts.flatMap(({ media }) => media));

/**
 * A publication as it is deployed: without drafts, and the media that only they use. Readers could not see them anyhow; so they are not
 * even there. Scheduled stories are: the worker shows them in time.
 */
export const withoutDrafts = (publication: Publication): Publication => {
  const { draftPages = [], ...rest } = publication;
  const { items, channel, media, formerScopes, feedMembers, partnerMembers } = rest;
  const others = items.filter(({ draft }) => !draft);
  if (others.length === items.length && draftPages.length === 0) return publication;
  const indexes = items.flatMap(({ draft }, index) => (draft ? [] : [index]));
  const places = new Map(indexes.map((index, place) => [index, place]));
  const ofDrafts = mediaOf([...items.filter(({ draft }) => draft), ...draftPages])
    .difference(mediaOf(others))
    .difference(new Set(channel.media));
  const scopes = new Set(others.flatMap(scopesOf).map(scopeName));
  return {
    ...rest,
    items: others,
    media: Object.fromEntries(Object.entries(media).filter(([path]) => !ofDrafts.has(path))),
    formerScopes: formerScopes.filter(({ scope }) => scopes.has(scopeName(scope))),
    feedMembers: movedMembers(feedMembers, places),
    partnerMembers: movedMembers(partnerMembers, places),
  };
};
