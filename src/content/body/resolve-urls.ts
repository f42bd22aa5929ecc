import type { Element, Nodes } from "hast";
import { visit } from "unist-util-visit";
import type { VFile } from "vfile";
import { UNREADABLE_MEDIA } from "../media/media.ts";
import { quote, reportError, reportWarning } from "../messages/messages.ts";
import { PLACEHOLDER_ORIGIN_RESERVED } from "../references/placeholder-origin.ts";
import {
  type Reference,
  type ReferenceContext,
  type ReferenceKind,
  resolveReference,
  unusableScheme,
  withScheme,
} from "../references/references.ts";
import { collectIds, resolveFragmentLink } from "./fragment-links.ts";
import { isValidDescriptor, parseSrcset, serializeSrcset } from "./srcset.ts";

/** The attributes that hold one URL, by the names that hast has for them. */
export const URL_PROPERTIES: Readonly<Record<string, ReferenceKind>> = {
  cite: "link",
  href: "link",
  longDesc: "link",
  poster: "media",
  src: "media",
};

/** What a local file must be for an element to show it. */
interface ShownMedia {
  readonly type: RegExp;
  readonly name: string;
}

const PICTURE: ShownMedia = { type: /^image\//, name: "picture" };

const SHOWN_MEDIA: ReadonlyMap<string, ShownMedia> = new Map([
  ["audio", { type: /^(audio|video|application)\//, name: "sound" }],
  ["img", PICTURE],
  ["track", { type: /^text\/vtt/, name: "WebVTT file" }],
  ["video", { type: /^(video|audio|application)\//, name: "film" }],
]);

/** What resolving the URLs of one story needs. */
interface Resolution {
  readonly file: VFile;
  readonly context: ReferenceContext;
  readonly ids: ReadonlySet<string>;
  /** Paths of the local media files found so far. */
  readonly mediaPaths: Set<string>;
}

const reportWrongKind = (file: VFile, element: Element, property: string, { media }: Reference): void => {
  const shown = property === "poster" ? PICTURE : SHOWN_MEDIA.get(element.tagName);
  if (shown === undefined || media === undefined) return;
  if (media.file === UNREADABLE_MEDIA || shown.type.test(media.file.type)) return;
  const reason = `${quote(`content/${media.path}`)} is ${media.file.type}, no ${shown.name}. Link to it instead.`;
  reportError(file, "media", reason, element.position);
};

/** Whether an address must go, though the story may stay; reports it. */
const isRemoved = (file: VFile, element: Element, property: string, value: string): boolean => {
  const kind = URL_PROPERTIES[property] ?? "media";
  const scheme = unusableScheme(value, kind);
  if (scheme === undefined) return false;
  const advice =
    kind === "media" || scheme === "file"
      ? "Save the file in content/media, and name it."
      : "Write the address into the text, if people need it.";
  const reason = `Feed readers don't take addresses with ${quote(`${scheme}:`)}, so this one was removed; the text stays. ${advice}`;
  reportWarning(file, "scheme", reason, element.position);
  return true;
};

const resolveUrl = (
  { file, context, ids, mediaPaths }: Resolution,
  element: Element,
  property: string,
  value: string,
): Reference | undefined => {
  const fragmentLink = property === "href" ? resolveFragmentLink(value, context, ids) : undefined;
  if (fragmentLink !== undefined && !fragmentLink.exists) {
    const reason = `There is no place ${quote(value)} in this story. Put <a id="…"></a> there, or mend the link.`;
    reportWarning(file, "fragment", reason, element.position);
  }
  const reference = fragmentLink ?? resolveReference(value, context, URL_PROPERTIES[property] ?? "media");
  if (typeof reference === "string") {
    const rule = reference === PLACEHOLDER_ORIGIN_RESERVED ? "placeholder" : "link";
    reportError(file, rule, reference, element.position);
    return undefined;
  }
  const address = withScheme(value);
  if (address !== undefined) {
    const reason = `${quote(value)} leads to a page of this site. Write ${quote(address)} if you mean another.`;
    reportWarning(file, "link", reason, element.position);
  }
  if (/^https?:\/\/[^/?#]*@/i.test(reference.url)) {
    const reason = `${quote(reference.url)} holds a user name or password: everyone can read it. Delete it.`;
    reportWarning(file, "user-name", reason, element.position);
  }
  if (reference.media !== undefined) mediaPaths.add(reference.media.path);
  reportWrongKind(file, element, property, reference);
  return reference;
};

/** Gives an <img> of a local file its size, so that pages don't jump while it loads. */
const addDimensions = ({ tagName, properties }: Element, { media }: Reference): void => {
  if (tagName !== "img" || media?.file.width === undefined || media.file.height === undefined) return;
  if (properties.width !== undefined || properties.height !== undefined) return;
  properties.width = media.file.width;
  properties.height = media.file.height;
};

const resolveSrcset = (resolution: Resolution, element: Element, value: string): string => {
  const { file } = resolution;
  const written = parseSrcset(value);
  const candidates = written.filter(({ url }) => !isRemoved(file, element, "srcSet", url));
  if (written.length === 0) reportError(file, "link", "This srcset is empty. Delete it.", element.position);
  return serializeSrcset(
    candidates.map(({ url, descriptor }) => {
      if (!isValidDescriptor(descriptor)) {
        const reason = `${quote(descriptor)} in this srcset is neither a width (640w) nor a density (2x). Mend it.`;
        reportError(file, "link", reason, element.position);
      }
      return { url: resolveUrl(resolution, element, "srcSet", url)?.url ?? "", descriptor };
    }),
  );
};

/**
 * Makes every URL of the tree absolute, in place, and reports each that can't be; gives pictures of local files their
 * size. Returns the paths below content/ of the media files used.
 */
export const resolveUrls = (file: VFile, tree: Nodes, context: ReferenceContext): readonly string[] => {
  const resolution: Resolution = { file, context, ids: collectIds(tree), mediaPaths: new Set() };
  visit(tree, "element", (element) => {
    const { properties } = element;
    for (const property of Object.keys(URL_PROPERTIES)) {
      const value = properties[property];
      if (typeof value !== "string") continue;
      if (isRemoved(file, element, property, value)) {
        delete properties[property];
        continue;
      }
      const reference = resolveUrl(resolution, element, property, value);
      if (reference === undefined) continue;
      properties[property] = reference.url;
      if (property === "src") addDimensions(element, reference);
    }
    if (typeof properties.srcSet === "string") {
      const srcset = resolveSrcset(resolution, element, properties.srcSet);
      if (srcset === "") delete properties.srcSet;
      else properties.srcSet = srcset;
    }
  });
  return [...resolution.mediaPaths];
};
