import type { Nodes, Root } from "hast";
import { sanitize } from "hast-util-sanitize";
import type { VFile } from "vfile";
import { allowedHtml } from "./allowed-html.ts";
import { reportRemoved } from "./removed.ts";
import { idPrefix } from "./resolve.ts";

/** Removes all that readers must not be handed: scripts, styles, frames, event handlers, and warns of each. */
export const sanitise = (file: VFile, tree: Root, slug: string): Nodes => {
  const safe = sanitize(tree, { ...allowedHtml, clobberPrefix: idPrefix(slug) });
  reportRemoved(file, tree, safe);
  return safe;
};
