import type { Element, Nodes } from "hast";
import { SKIP, visit } from "unist-util-visit";
import type { VFile } from "vfile";
import { reportWarning } from "../../messages/messages.ts";
import { quote } from "../../messages/quote.ts";
import { STRIPPED } from "../allowed-html.ts";

const INSTEAD: ReadonlyMap<string, string> = new Map([
  ["embed", " Put a link to it in its place."],
  ["iframe", " Put a link to it in its place."],
  ["math", " Write the formula as text, or add a picture of it."],
  ["object", " Put a link to it in its place."],
  ["svg", " Save the picture in content/media."],
]);

// The parser makes these up around a story that begins with one of them.
const SILENT = new Set(["html", "head", "body"]);

const placeKey = ({ tagName, position }: Element): string | undefined =>
  position === undefined ? undefined : `${position.start.line}:${position.start.column}:${tagName}`;

/** The name an attribute has in HTML: `className` is `class`, `dataId` is `data-id`. */
const attributeName = (property: string): string => {
  if (property === "className") return "class";
  if (property === "htmlFor") return "for";
  if (/^(aria|data)[A-Z]/.test(property)) return property.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  return property.toLowerCase();
};

/** Warns of every element and attribute that stood in the source and is gone from the safe tree. */
export const reportRemoved = (file: VFile, before: Nodes, after: Nodes): void => {
  const kept = new Map<string | undefined, Element>();
  visit(after, "element", (element) => {
    kept.set(placeKey(element), element);
  });
  visit(before, "element", (element) => {
    const { tagName, properties, position } = element;
    const key = placeKey(element);
    if (key === undefined || SILENT.has(tagName)) return undefined;
    const safe = kept.get(key);
    if (safe === undefined) {
      const isStripped = STRIPPED.includes(tagName);
      const what = isStripped ? " with all it holds" : element.children.length > 0 ? "; its text stays" : "";
      const reason = `<${tagName}> is not allowed in a feed and was removed${what}.${INSTEAD.get(tagName) ?? ""}`;
      reportWarning(file, "removed", reason, position);
      return isStripped ? SKIP : undefined;
    }
    for (const property of Object.keys(properties).filter((name) => !Object.hasOwn(safe.properties, name))) {
      const name = quote(attributeName(property));
      reportWarning(
        file,
        "removed",
        `The attribute ${name} of <${tagName}> is not allowed in a feed and was removed.`,
        position,
      );
    }
    return undefined;
  });
};
