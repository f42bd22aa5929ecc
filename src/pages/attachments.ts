import { type Attachment, mediumOf, soundFirst, wholeSeconds } from "../model/media.ts";
import { fill } from "../model/words/template.ts";
import type { Words } from "../model/words/words.ts";
import { fillHtml, type Html, html } from "./html.ts";

/** The last segment of a URL, decoded for people if it is percent-encoded UTF-8. */
const fileNameOf = (url: string): string => {
  const name = url.replace(/^.*\//s, "");
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
};

/** At most four digits, since languages group more of them in different ways. */
const sizeOf = (length: number, { bytes, kilobytes, megabytes }: Words): string => {
  if (length < 10_000) return fill(bytes, { number: length });
  if (length < 10_000_000) return fill(kilobytes, { number: Math.round(length / 1000) });
  return fill(megabytes, { number: Math.round(length / 1_000_000) });
};

/** How long a sound or film is, as players show it: `1:01`, `1:02:03`. */
const durationOf = (seconds: number): string => {
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  const parts = hours > 0 ? [hours, String(minutes).padStart(2, "0")] : [minutes];
  return [...parts, String(seconds % 60).padStart(2, "0")].join(":");
};

/** What kind of file it is, as people call it: by the ending of its name, such as `PDF`, or by its media type. */
const kindOf = ({ url, type }: Attachment): string =>
  (URL.canParse(url) ? /\.([a-z\d]{2,4})$/i.exec(new URL(url).pathname)?.[1]?.toUpperCase() : undefined) ?? type;

const renderAttachment = (attachment: Attachment, words: Words): Html => {
  const { url, type, title, length } = attachment;
  const seconds = wholeSeconds(attachment);
  const details = [
    kindOf(attachment),
    ...(seconds === undefined ? [] : [durationOf(seconds)]),
    ...(length === undefined ? [] : [sizeOf(length, words)]),
  ].reduce((first, next) => fill(words.list, { first, next }));
  const name = title ?? fileNameOf(url);
  const text = html`<a href="${url}" type="${type}">${name}</a>`;
  const line = html`<p>${fillHtml(words.inParentheses, { text, details })}</p>`;
  const medium = mediumOf(type);
  if (medium === "audio")
    return html`<li>${line}<audio controls preload="none" src="${url}" aria-label="${name}"></audio></li>\n`;
  if (medium === "video")
    return html`<li>${line}<video controls preload="metadata" playsinline src="${url}" aria-label="${name}"></video></li>\n`;
  return html`<li>${line}</li>\n`;
};

/** Renders the files that belong to a story: players for sound and film, with their lengths, then what is left. */
export const renderAttachments = (attachments: readonly Attachment[], words: Words): Html | undefined =>
  attachments.length === 0
    ? undefined
    : html`<ul class="attachments">\n${soundFirst(attachments).map((attachment) => renderAttachment(attachment, words))}</ul>\n`;
