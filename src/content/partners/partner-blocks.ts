import type { RootContent } from "hast";
import type { DialectRules } from "../../dialects/rules/rule.ts";
import type { ReplacedBlocks } from "../../model/item.ts";
import type { BlockNode } from "../body/blocks/blocks.ts";
import { reduceHtml } from "../body/blocks/reduce-html.ts";
import { withoutMedia } from "../body/blocks/remove-pictures.ts";
import { writeHtml } from "../body/write-html.ts";

/** Elements of a block that a dialect does not take, with what is in them. */
export interface LostHtml {
  readonly dialect: string;
  readonly block: number;
  readonly elements: readonly string[];
}

/** The blocks that are another for some partners, and what is lost in them. */
export interface PartnerBlocks {
  /** Undefined if every partner gets every block as it is. */
  readonly replacedBlocks?: Readonly<Record<string, ReplacedBlocks>>;
  readonly lost: readonly LostHtml[];
}

const replaced = (blocks: readonly BlockNode[], versions: readonly string[]): ReplacedBlocks =>
  Object.fromEntries(
    versions.flatMap((html, index) => {
      const { node } = blocks[index] ?? {};
      return node === undefined || html === writeHtml(node).trim() ? [] : [[index, html] as const];
    }),
  );

/**
 * Makes what partners get of a story's blocks: without the media that must not leave the site (`undistributable`, absolute URLs),
 * and in the HTML that their dialect takes.
 */
export const makePartnerBlocks = (
  blocks: readonly BlockNode[],
  undistributable: ReadonlySet<string>,
  dialects: readonly DialectRules[],
): PartnerBlocks => {
  const bare = blocks.map(({ node }) => withoutMedia(node, undistributable));
  const forPartners = replaced(
    blocks,
    bare.map((root) => writeHtml(root).trim()),
  );
  const lost: LostHtml[] = [];
  const reduced = dialects.flatMap(({ name, allowedHtml }) => {
    if (allowedHtml === undefined) return [];
    const versions = bare.map(({ children }, block) => {
      const { root, lost: elements } = reduceHtml(children as readonly RootContent[], allowedHtml);
      if (elements.size > 0) lost.push({ dialect: name, block, elements: [...elements] });
      return writeHtml(root).trim();
    });
    return [[name, replaced(blocks, versions)] as const];
  });
  const all = [["partner", forPartners] as const, ...reduced].filter(([, entries]) => Object.keys(entries).length > 0);
  return { ...(all.length > 0 && { replacedBlocks: Object.fromEntries(all) }), lost };
};
