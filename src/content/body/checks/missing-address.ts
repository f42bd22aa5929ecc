import type { Element, Nodes, Parents } from "hast";
import { visit } from "unist-util-visit";
import type { VFile } from "vfile";
import { reportError } from "../../messages/messages.ts";

const hasSource = ({ children }: Element): boolean =>
  children.some(
    (child) => child.type === "element" && child.tagName === "source" && child.properties.src !== undefined,
  );

const isIn = (parent: Parents | undefined, ...names: readonly string[]): boolean =>
  parent?.type === "element" && names.includes(parent.tagName);

/** What is wrong with an element that should show something from an address; undefined if nothing is. */
const missingAddress = (element: Element, parent: Parents | undefined): string | undefined => {
  const { tagName, properties, children } = element;
  const { src, srcSet } = properties;
  switch (tagName) {
    case "img":
      return src === undefined && srcSet === undefined
        ? "This picture has no address. Write one in `src`, such as media/x.jpg, or delete it."
        : undefined;
    case "picture":
      return children.some((child) => child.type === "element" && child.tagName === "img")
        ? undefined
        : 'This <picture> has no <img>, so nothing shows. Put <img src="media/x.jpg" alt="…"> in it, behind its sources.';
    case "audio":
    case "video":
      return src === undefined && !hasSource(element)
        ? `This <${tagName}> has no address. Write one in \`src\`, or put <source src="…"> in it.`
        : undefined;
    case "track":
      return src === undefined ? "This <track> has no address. Write one in `src`, or delete it." : undefined;
    case "source":
      if (!isIn(parent, "audio", "picture", "video")) {
        return "This <source> stands in no <picture>, <audio> or <video>, so nothing shows. Put it into one, or delete it.";
      }
      return (isIn(parent, "picture") ? srcSet : src) === undefined
        ? `This <source> has no address. Write one in \`${isIn(parent, "picture") ? "srcset" : "src"}\`, or delete it.`
        : undefined;
    default:
      return undefined;
  }
};

/** Reports every picture, film and sound of a sanitised tree that has no address, and so shows nothing. */
export const reportMissingAddresses = (file: VFile, tree: Nodes): void =>
  visit(tree, "element", (element, _index, parent) => {
    const reason = missingAddress(element, parent);
    if (reason !== undefined) reportError(file, "no-address", reason, element.position);
  });
