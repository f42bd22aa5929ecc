import type { Element, Nodes, Root } from "hast";
import { defaultSchema, type Schema, sanitize } from "hast-util-sanitize";
import { visit } from "unist-util-visit";
import type { VFile } from "vfile";
import { type Place, warning } from "./report.ts";
import { idPrefix } from "./resolve.ts";

const allowed = (tagName: string, ...names: string[]) => ({
  [tagName]: [...(defaultSchema.attributes?.[tagName] ?? []), ...names],
});

/** What a link may begin with, and what a picture, sound or film may. */
export const LINK_PROTOCOLS = ["http", "https", "mailto", "tel"];
export const MEDIA_PROTOCOLS = ["http", "https"];

const schema: Schema = {
  ...defaultSchema,
  tagNames: [
    ...(defaultSchema.tagNames ?? []),
    ...["abbr", "audio", "bdi", "bdo", "caption", "cite", "col", "colgroup", "dfn", "figcaption", "figure", "mark"],
    ...["small", "time", "track", "u", "video", "wbr"],
  ],
  attributes: {
    ...defaultSchema.attributes,
    ...allowed("img", "srcSet", "sizes", "loading"),
    ...allowed("source", "src", "sizes", "type"),
    ...allowed("audio", "controls", "loop", "muted", "preload", "src"),
    ...allowed("video", "controls", "loop", "muted", "playsInline", "poster", "preload", "src"),
    ...allowed("track", "default", "kind", "src", "srcLang"),
  },
  protocols: {
    cite: MEDIA_PROTOCOLS,
    href: LINK_PROTOCOLS,
    longDesc: MEDIA_PROTOCOLS,
    poster: MEDIA_PROTOCOLS,
    src: MEDIA_PROTOCOLS,
  },
  strip: ["script", "style", "iframe", "object", "embed", "template", "noscript", "title", "textarea", "select"],
};

const placeKey = ({ tagName, position }: Element): string | undefined =>
  position === undefined ? undefined : `${position.start.line}:${position.start.column}:${tagName}`;

const elementsOf = (tree: Nodes): readonly Element[] => {
  const elements: Element[] = [];
  visit(tree, "element", (element) => {
    elements.push(element);
  });
  return elements;
};

const attributeName = (property: string): string => property.replace(/[A-Z]/g, (letter) => letter.toLowerCase());

/** Warns of every element and attribute that stood in the source and is gone. */
const reportRemoved = (file: VFile, before: Root, after: Nodes): void => {
  const kept = new Map(elementsOf(after).map((element) => [placeKey(element), element]));
  const silent = new Set(["html", "head", "body"]);
  for (const element of elementsOf(before)) {
    const key = placeKey(element);
    const place: Place | undefined = element.position;
    if (key === undefined || place === undefined || silent.has(element.tagName)) continue;
    const safe = kept.get(key);
    if (safe === undefined) {
      warning(file, "removed", `<${element.tagName}> is not allowed in a feed and was removed.`, place);
      continue;
    }
    for (const property of Object.keys(element.properties)) {
      if (property in safe.properties) continue;
      const name = attributeName(property);
      warning(
        file,
        "removed",
        `The attribute \`${name}\` of <${element.tagName}> is not allowed in a feed and was removed.`,
        place,
      );
    }
  }
};

/** Removes all that readers must not be handed: scripts, styles, frames, event handlers, and warns of each. */
export const sanitise = (file: VFile, tree: Root, slug: string): Nodes => {
  const safe = sanitize(tree, { ...schema, clobberPrefix: idPrefix(slug) });
  reportRemoved(file, tree, safe);
  return safe;
};
