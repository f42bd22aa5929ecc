import type { VFile } from "vfile";
import { decode } from "../../content/decode.ts";
import { SITE_FILE } from "../../content/file-kinds.ts";
import { quote, reportWarning, sortMessages } from "../../content/messages/messages.ts";
import { suggest } from "../../content/messages/suggest.ts";
import type { CompiledPublication, ContentFiles } from "../../content/publication.ts";
import { parseYamlMapping } from "../../content/yaml/yaml.ts";
import { formats } from "../../formats/formats.ts";
import { absoluteUrl, articlePath, PLACEHOLDER_ORIGIN, pathOnSite } from "../../model/address.ts";
import type { Instant } from "../../model/instant.ts";
import type { Item } from "../../model/item.ts";
import { ownPagePath } from "../../model/pages/own-page.ts";
import { type Publication, writePublication } from "../../model/publication.ts";
import { createRouter } from "../../routes/router.ts";
import { createSite } from "../../routes/site.ts";
import { openBundled } from "../../store/bundled/bundled-store.ts";

// What a redirect does, the worker's own router says, which knows every address.

/** More steps than a chain of redirects needs that ends. */
const MAX_STEPS = 20;

/** How a path of the site is answered. */
interface Answer {
  readonly path: string;
  readonly status: number;
  /** Of a redirect, absolute. */
  readonly location: string | undefined;
}

type AnswerAt = (path: string) => Promise<Answer>;

/** Gets answers from the site as it would be deployed. */
const openSite = (publication: Publication, now: Instant): AnswerAt => {
  const store = openBundled(writePublication(publication), "", { id: "", at: now });
  // Only whether there is an answer matters, so that no file is read.
  const assets = { fetch: async () => new Response(null, { headers: { etag: '""' } }) };
  const router = createRouter({ site: createSite({ store, assets, now: () => now, waitUntil: () => {} }) });
  return async (path) => {
    const { status, headers } = await router.fetch(
      new Request(new URL(publication.url).origin + path, { method: "HEAD" }),
    );
    return { path, status, location: headers.get("location") ?? undefined };
  };
};

/** The last answer of a chain of redirects; undefined if it leads to another site. */
const followChain = async (target: string, site: string, answerAt: AnswerAt): Promise<Answer | undefined> => {
  let next: string | undefined = target;
  let answer: Answer | undefined;
  for (let steps = 0; next !== undefined && steps < MAX_STEPS; steps++) {
    const path = pathOnSite(next, site);
    if (path === undefined) return undefined;
    answer = await answerAt(path);
    next = answer.status === 301 ? answer.location : undefined;
  }
  return answer;
};

/** Whether only a newsroom, whose stories are not in content/, can know what is at a path. */
const dependsOnStories = (path: string): boolean =>
  /^(?:\/summaries)?\/(?:articles|archive|authors|tags|media)\//.test(path);

const addressesOf = ({ items, channel }: Publication): readonly string[] => [
  ...formats.map(({ fileName }) => `/${fileName}`),
  ...items.map(({ slug }) => articlePath(slug)),
  ...(channel.pages ?? []).map(({ name }) => ownPagePath(name)),
];

const storyAt = (path: string, items: readonly Item[]): Item | undefined =>
  items.find(({ slug }) => articlePath(slug) === path);

/**
 * Why readers get nothing at the end of a chain, as a sentence with advice; undefined if they get something. `kind` is what leads
 * there.
 */
const deadEnd = (
  { path, status }: Answer,
  target: string,
  publication: Publication,
  kind: "link" | "redirect",
): string | undefined => {
  const { items } = publication;
  if (status === 200 || (items.length === 0 && dependsOnStories(path))) return undefined;
  const where = path === target ? quote(path) : `${quote(target)}, which leads to ${quote(path)}`;
  if (status === 301) return `${where} leads in a circle. Name another address.`;
  if (status === 410)
    return `The story at ${where} was withdrawn or has expired: readers would get 410. Name another address.`;
  if (status === 405) return `Nobody can read ${where}, to which programs send forms. Name another address.`;
  if (storyAt(path, items) !== undefined)
    return `The story at ${where} is a draft or scheduled: until it appears, readers get 404.`;
  const advice = suggest(path, addressesOf(publication)) || ` Mend the name, or delete the ${kind}.`;
  return `Nothing is at ${where}: readers would get 404.${advice}`;
};

/** Why a redirect never applies, as a sentence with advice; undefined if it does. */
const neverApplies = ({ path, status, location }: Answer, target: string, site: string): string | undefined => {
  if (status === 301 && location === absoluteUrl(target, site)) return undefined;
  const answer =
    status === 301
      ? `leads to ${quote(location ?? "")}`
      : status === 410
        ? "says that a story is gone (410)"
        : `is answered by the site itself (${status})`;
  return `${quote(path)} ${answer}, so this redirect never applies. Delete it.`;
};

/** The links of the menu and of the footer that lead to an address, with their places in site.yaml. */
const linksOf = ({ channel }: Publication) =>
  (["menu", "footer"] as const).flatMap((key) =>
    (channel[key] ?? []).flatMap((link, index) =>
      link.kind === "link" ? [{ url: link.url, path: [key, index, "url"] }] : [],
    ),
  );

/**
 * Warns of redirects of site.yaml that lead nowhere or never apply, and of links of its menu and footer that lead nowhere, as the
 * site stands at `now`. Nothing can be said while there are errors.
 */
export const warnOfRedirects = async (
  { files, publication }: CompiledPublication,
  sources: ContentFiles,
  now: Instant,
): Promise<void> => {
  const redirects = Object.entries(publication?.channel.redirects ?? {});
  const file: VFile | undefined = files.find(({ path }) => path === SITE_FILE);
  const links = publication === undefined ? [] : linksOf(publication);
  if (publication === undefined || file === undefined || redirects.length + links.length === 0) return;
  // Decoded again for the places: this file has its messages already.
  const again = decode(SITE_FILE, sources.get(SITE_FILE) ?? "");
  const yaml = parseYamlMapping(again, String(again), 0);
  const answerAt = openSite(publication, now);
  const { url } = publication;
  const findDeadEnd = async (target: string, kind: "link" | "redirect"): Promise<string | undefined> => {
    const end = await followChain(target, url, answerAt);
    return end && deadEnd(end, pathOnSite(target, url) ?? target, publication, kind);
  };
  for (const [from, target] of redirects) {
    const answer = await answerAt(new URL(PLACEHOLDER_ORIGIN + from).pathname);
    const useless = neverApplies({ ...answer, path: from }, target, url);
    if (useless !== undefined) {
      reportWarning(file, "redirect", useless, yaml?.placeOfKey(["redirects", from]));
      continue;
    }
    const dead = await findDeadEnd(target, "redirect");
    if (dead !== undefined) reportWarning(file, "redirect", dead, yaml?.placeOf(["redirects", from]));
  }
  for (const link of links) {
    const dead = await findDeadEnd(link.url, "link");
    if (dead !== undefined) reportWarning(file, "menu", dead, yaml?.placeOf(link.path));
  }
  sortMessages(file);
};
