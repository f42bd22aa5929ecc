import type { Channel } from "../channel.ts";
import { escapeHtml } from "../escape-html.ts";
import { type Item, linkOf } from "../item.ts";
import { findByLanguage } from "../language.ts";
import { fill, fillParts } from "../words/template.ts";
import type { PartnerView } from "./partner-view.ts";

/**
 * The paragraph that says where a story was first published, as HTML: `template` with the publication's title and a link to the
 * story in place of `{publication}` and `{link}`.
 */
export const attributionLine = ({ title }: Pick<Channel, "title">, item: Item, template: string): string => {
  const href = escapeHtml(linkOf(item));
  const parts = fillParts<{ readonly html: string }>(template, {
    publication: { html: escapeHtml(title) },
    link: { html: `<a href="${href}">${href}</a>` },
  });
  return `<p>${parts.map((part) => (typeof part === "string" ? escapeHtml(part) : part.html)).join("")}</p>`;
};

/** The form in which partners get a story's text: that of a format or dialect, and how much. */
type PartnerForm = Pick<PartnerView, "format" | "text">;

/** The blocks of a story, as many as the form has; without those of which nothing is left for partners. */
const blocksOf = ({ html, blocks, replacedBlocks = {} }: Item, { format, text }: PartnerForm): readonly string[] => {
  const replaced = replacedBlocks[format] ?? replacedBlocks.partner ?? {};
  return blocks
    .map(({ end }, index) => replaced[index] ?? html.slice(blocks[index - 1]?.end ?? 0, end).trim())
    .filter((block) => block !== "")
    .slice(0, typeof text === "object" ? text.lead : undefined);
};

/**
 * The text of a story as partners may have it, as HTML: as many of its first blocks as the form has, reduced to what its format
 * takes, without the pictures that must not leave the site.
 */
export const partnerHtml = (item: Item, form: PartnerForm): string => {
  const { html, blocks, summary, replacedBlocks = {} } = item;
  const isReduced = (replacedBlocks[form.format] ?? replacedBlocks.partner) !== undefined;
  if (typeof form.text === "string" && !isReduced) return html;
  // A story that an earlier version compiled has no blocks yet.
  if (blocks.length === 0) return summary === "" ? "" : `<p>${escapeHtml(summary)}</p>`;
  const ending = html.slice(blocks.at(-1)?.end ?? 0).trim();
  return [...blocksOf(item, form), ending].filter((part) => part !== "").join("\n");
};

/**
 * A story as partners with a view get it: its text cut and reduced, without the pictures that must not leave the site, with the
 * line that says where it is from, and under the contract's licence. `template` is that line's. The Item itself, if it is the same.
 */
export const toPartnerItem = (item: Item, view: PartnerView, channel: Channel, template: string | undefined): Item => {
  const html = partnerHtml(item, view);
  const { image, attachments, opening, markdown: _markdown, ...rest } = item;
  const others = attachments.filter(({ distributable }) => distributable !== false);
  const isShown = image !== undefined && image.distributable !== false;
  const license = view.license ?? item.license;
  const isSame =
    html === item.html && template === undefined && isShown === (image !== undefined) && license === item.license;
  if (isSame && others.length === attachments.length) return item;
  // The summary is all of the text that a partner may have who gets no more.
  const plainLine =
    view.text === "summary" && template !== undefined
      ? fill(template, { publication: channel.title, link: linkOf(item) })
      : undefined;
  return {
    ...rest,
    ...(plainLine !== undefined && { summary: `${item.summary} ${plainLine}`.trim() }),
    html: [html, template === undefined ? "" : attributionLine(channel, item, template)]
      .filter((part) => part !== "")
      .join("\n"),
    // It may go further than a lead does.
    ...(opening !== undefined && typeof view.text === "string" && { opening }),
    ...(isShown && { image }),
    attachments: others,
    ...(license !== undefined && { license }),
  };
};

/** The template of the line in a story's language: the contract's, for that language or for any, or the publication's words. */
export const attributionTemplate = (
  { attribution }: PartnerView,
  language: string,
  ofWords: string | undefined,
): string | undefined => {
  if (attribution === false) return undefined;
  return attribution === undefined ? ofWords : (findByLanguage(attribution, language) ?? attribution["*"] ?? ofWords);
};
