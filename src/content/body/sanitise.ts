import type { Nodes, Root } from "hast";
import { sanitize } from "hast-util-sanitize";
import { visit } from "unist-util-visit";
import type { VFile } from "vfile";
import { reportWarning } from "../messages/messages.ts";
import { idPrefix } from "../references/references.ts";
import { allowedHtml } from "./allowed-html.ts";
import { reportRemoved } from "./checks/removed.ts";

// The sanitiser makes every <input> a checkbox, as those of task lists are; others must go before.
const removeFields = (file: VFile, tree: Root): void =>
  visit(tree, "element", ({ tagName, properties, position }, index, parent) => {
    if (tagName !== "input" || properties.type === "checkbox" || index === undefined) return undefined;
    parent?.children.splice(index, 1);
    reportWarning(file, "removed", "<input> is not allowed in a feed and was removed.", position);
    return index;
  });

/** Removes all that readers must not be handed: scripts, styles, frames, event handlers, and warns of each. */
export const sanitise = (file: VFile, tree: Root, slug: string): Nodes => {
  removeFields(file, tree);
  const safe = sanitize(tree, { ...allowedHtml, clobberPrefix: idPrefix(slug) });
  reportRemoved(file, tree, safe);
  return safe;
};
