import { compile } from "../../src/content/compile.ts";
import type { CompileContext } from "../../src/content/compile-context.ts";
import { EMPTY_CHANNEL } from "../../src/content/site.ts";
import type { Channel } from "../../src/model/channel.ts";
import type { Item } from "../../src/model/item.ts";
import type { MediaFile } from "../../src/model/media.ts";

/** The origin of every URL on this site in compiled content. */
export const ORIGIN = EMPTY_CHANNEL.url;

/** A channel with one author and one section. */
export const CHANNEL: Channel = {
  ...EMPTY_CHANNEL,
  title: "The Courier",
  authors: [{ key: "news-desk", name: "News Desk" }],
  sections: [{ key: "world", name: "World" }],
};

const picture: MediaFile = { type: "image/png", length: 100, width: 640, height: 480 };

/** The files that stories of these tests may use. */
export const MEDIA: Readonly<Record<string, MediaFile>> = {
  "media/x.png": picture,
  "media/a b.png": picture,
  "media/café.png": picture,
  "media/100%.png": picture,
  "media/talk.mp3": { type: "audio/mpeg", length: 2000 },
  "media/film.mp4": { type: "video/mp4", length: 3000 },
  "media/en.vtt": { type: "text/vtt; charset=utf-8", length: 10 },
};

/** What the stories of these tests may refer to. */
export const CONTEXT: CompileContext = {
  channel: CHANNEL,
  media: MEDIA,
  slugs: { "hello.md": "hello", "other.md": "other", "world/embassy.md": "embassy" },
};

/** The required keys. */
export const FRONT_MATTER = `id: tag:example.org,2026:hello
title: Hello
published: 2026-11-22T18:00:00Z
`;

/** The source of a story with this text, and with more lines of front matter. */
export const storyOf = (text: string, keys = ""): string => `---\n${FRONT_MATTER}${keys}---\n\n${text}\n`;

/** The messages of a story, each as `line:column rule`. */
export const messagesOf = (source: string, path = "hello.md"): readonly string[] =>
  compile(path, source, CONTEXT).file.messages.map(({ line, column, ruleId }) => `${line}:${column} ${ruleId}`);

/** The Item of a story; throws the messages if it has an error. */
export const itemOf = (source: string, path = "hello.md"): Item => {
  const { item, file } = compile(path, source, CONTEXT);
  if (item === undefined) throw new Error(file.messages.join("\n"));
  return item;
};

/** The HTML of a text; throws the messages if it has an error. */
export const htmlOf = (text: string, path = "hello.md"): string => itemOf(storyOf(text), path).html;

/** The first bytes of a PNG file, with its header: enough to know the size of the picture, in pixels. */
export const png = (width: number, height: number): Uint8Array => {
  const view = new DataView(new ArrayBuffer(33));
  view.setBigUint64(0, 0x89504e470d0a1a0an);
  view.setUint32(8, 13);
  view.setUint32(12, 0x49484452);
  view.setUint32(16, width);
  view.setUint32(20, height);
  return new Uint8Array(view.buffer);
};

/**
 * What a text becomes: its HTML, or `refused` if it has an error; then its messages as `line:column rule: reason`, whose lines
 * count from the first line of the text.
 */
export const outcomeOf = (text: string, keys = ""): readonly string[] => {
  const { file, item } = compile("hello.md", storyOf(text, keys), CONTEXT);
  const lineBefore = storyOf("", keys).split("\n").length - 2;
  const messages = file.messages.map(
    ({ line = 0, column, fatal, ruleId, reason }) =>
      `${line - lineBefore}:${column} ${fatal ? "error" : "warning"} ${ruleId}: ${reason}`,
  );
  return [item?.html ?? "refused", ...messages];
};
