import type { Element, Nodes } from "hast";
import { visit } from "unist-util-visit";
import type { VFile } from "vfile";
import { UNREADABLE_MEDIA } from "../media/media.ts";
import { reportError, reportWarning } from "../messages/messages.ts";
import { quote } from "../messages/quote.ts";
import { PLACEHOLDER_ORIGIN_RESERVED } from "../references/placeholder-origin.ts";
import {
  type Reference,
  type ReferenceContext,
  type ReferenceKind,
  resolveReference,
} from "../references/references.ts";
import { type Fragment, idsIn, resolveFragment } from "./fragments.ts";
import { isSize, parseSrcset, writeSrcset } from "./srcset.ts";

/** The attributes that hold one URL, by the names hast has for them. */
export const URL_PROPERTIES: Readonly<Record<string, ReferenceKind>> = {
  cite: "link",
  href: "link",
  longDesc: "link",
  poster: "media",
  src: "media",
};

/** What a local file must be to be shown by an element. */
type Shown = readonly [type: RegExp, name: string];
const PICTURE: Shown = [/^image\//, "picture"];
const SHOWN: ReadonlyMap<string, Shown> = new Map([
  ["audio", [/^(audio|video|application)\//, "sound"]],
  ["img", PICTURE],
  ["track", [/^text\/vtt/, "WebVTT file"]],
  ["video", [/^(video|audio|application)\//, "film"]],
]);

/** What one walk over a story's elements needs. */
interface Walk {
  readonly file: VFile;
  readonly base: ReferenceContext;
  readonly ids: ReadonlySet<string>;
  /** Paths of the media files met so far. */
  readonly used: Set<string>;
}

const reportWrongKind = (file: VFile, element: Element, property: string, { media }: Reference): void => {
  const [type, name] = (property === "poster" ? PICTURE : SHOWN.get(element.tagName)) ?? [/(?:)/, ""];
  if (media === undefined || media.file === UNREADABLE_MEDIA || type.test(media.file.type)) return;
  const reason = `${quote(`content/${media.path}`)} is ${media.file.type}, no ${name}. Link to it instead.`;
  reportError(file, "media", reason, element.position);
};

const absolute = ({ file, base, ids, used }: Walk, element: Element, property: string, value: string) => {
  const fragment: Fragment | undefined = property === "href" ? resolveFragment(value, base, ids) : undefined;
  if (fragment !== undefined && !fragment.exists) {
    const reason = `There is no place ${quote(value)} in this story. Put <a id="…"></a> there, or mend the link.`;
    reportWarning(file, "fragment", reason, element.position);
  }
  const reference: Reference | string = fragment ?? resolveReference(value, base, URL_PROPERTIES[property] ?? "media");
  if (typeof reference === "string") {
    reportError(file, reference === PLACEHOLDER_ORIGIN_RESERVED ? "placeholder" : "link", reference, element.position);
    return undefined;
  }
  if (reference.media !== undefined) used.add(reference.media.path);
  reportWrongKind(file, element, property, reference);
  return reference;
};

/** Gives a picture of ours its size, so that pages don't jump while it loads. */
const measure = ({ tagName, properties }: Element, { media }: Reference): void => {
  if (tagName !== "img" || media?.file.width === undefined || media.file.height === undefined) return;
  if (properties.width !== undefined || properties.height !== undefined) return;
  properties.width = media.file.width;
  properties.height = media.file.height;
};

const absoluteSrcset = (walk: Walk, element: Element, value: string): string => {
  const candidates = parseSrcset(value);
  if (candidates.length === 0) reportError(walk.file, "link", "This srcset is empty. Delete it.", element.position);
  return writeSrcset(
    candidates.map(({ url, size }) => {
      if (!isSize(size)) {
        const reason = `${quote(size)} in this srcset is neither a width (640w) nor a density (2x). Mend it.`;
        reportError(walk.file, "link", reason, element.position);
      }
      return { url: absolute(walk, element, "srcSet", url)?.url ?? "", size };
    }),
  );
};

/**
 * Makes every URL of the tree absolute, in place, notes each that can't be, and gives pictures of ours their
 * size. Returns the paths of the media files used.
 */
export const absolutise = (file: VFile, tree: Nodes, base: ReferenceContext): readonly string[] => {
  const walk: Walk = { file, base, ids: idsIn(tree), used: new Set() };
  visit(tree, "element", (element) => {
    const { properties } = element;
    for (const property of Object.keys(URL_PROPERTIES)) {
      const value = properties[property];
      if (typeof value !== "string") continue;
      const reference = absolute(walk, element, property, value);
      if (reference === undefined) continue;
      properties[property] = reference.url;
      if (property === "src") measure(element, reference);
    }
    if (typeof properties.srcSet === "string") {
      properties.srcSet = absoluteSrcset(walk, element, properties.srcSet);
    }
  });
  return [...walk.used];
};
