import type { Element, Root } from "hast";
import { visit } from "unist-util-visit";
import type { VFile } from "vfile";
import { reportWarning } from "../messages/messages.ts";

/** What of an element says that people don't see it; undefined if they do. */
export const hiddenBy = ({ tagName, properties: { hidden, open, style } }: Element): string | undefined => {
  if (hidden !== undefined && hidden !== false) return "`hidden`";
  if (tagName === "dialog" && (open === undefined || open === false)) return "a <dialog> without `open`";
  return /(?:^|[;\s])(?:display:\s*none|visibility:\s*hidden)/i.test(String(style)) ? "its `style`" : undefined;
};

/** Removes what people don't see on the writer's own pages, which readers without styles and scripts would show; warns of each. */
export const removeHidden = (file: VFile, tree: Root): void => {
  visit(tree, "element", (element, index, parent) => {
    const reason = hiddenBy(element);
    if (reason === undefined || index === undefined || parent === undefined) return undefined;
    parent.children.splice(index, 1);
    const advice = "If people should read it, show it.";
    reportWarning(
      file,
      "removed",
      `This <${element.tagName}> is hidden (${reason}), so it was removed with all it holds. ${advice}`,
      element.position,
    );
    return index;
  });
};

/** Whether people don't see an element: it is hidden, or so small that it only counts visits. */
export const isInvisible = (element: Element): boolean =>
  hiddenBy(element) !== undefined ||
  [element.properties.width, element.properties.height].some((size) => /^[01](?:px)?$/.test(String(size)));
