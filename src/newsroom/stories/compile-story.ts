import type { VFile } from "vfile";
import { compile } from "../../content/compile.ts";
import { decodePercentEncoding, resolveContentPath } from "../../content/references/content-path.ts";
import { PLACEHOLDER_ORIGIN } from "../../model/address.ts";
import type { Item } from "../../model/item.ts";
import type { MediaFile } from "../../model/media.ts";
import type { Newsroom } from "../newsroom.ts";

/** A mistake in a story, as `npm run check` names it. */
export interface Message {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly severity: "error" | "warning";
  readonly rule: string;
  readonly reason: string;
}

/** A story that was judged: `item` is there unless a message is an error. */
export interface CompiledForNewsroom {
  readonly item?: Item;
  readonly messages: readonly Message[];
}

/** References to other files as paths below content/, in every spelling: rather too many than too few. */
const pathsOf = (references: Iterable<string>, from: string): readonly string[] => {
  const paths = new Set<string>();
  for (const reference of [...new Set(references)].slice(0, MAX_REFERENCES)) {
    for (const spelling of [
      reference,
      decodePercentEncoding(reference),
      reference.normalize("NFC"),
      reference.normalize("NFD"),
    ]) {
      const path = resolveContentPath(spelling, from)?.path;
      if (path !== undefined) paths.add(path);
    }
  }
  return [...paths];
};

const MAX_REFERENCES = 2000;

/** More than any story has, and soon looked at. */
const MAX_MATCHES = 20_000;

const MAX_REFERENCE_LENGTH = 300;

/** References that end in `.md`. Looked for from their ends: from every beginning would take quadratic time. */
const storyReferences = (text: string): readonly string[] =>
  text
    .matchAll(/\.md(?![\p{L}\p{N}])/giu)
    .take(MAX_MATCHES)
    .map(({ index }) => {
      const before = text.slice(Math.max(0, index - MAX_REFERENCE_LENGTH), index);
      return `${before.replace(/^.*[\s"'()<>[\]|]/s, "")}.md`;
    })
    .toArray();

// A name may hold spaces: in front matter and in HTML it ends with its line or a quote.
const MEDIA_FILES = /media\/[^\n"'()<>[\]|{},]{1,300}/gu;

const mediaReferences = (text: string): readonly string[] =>
  text
    .matchAll(MEDIA_FILES)
    .take(MAX_MATCHES)
    .map(([reference]) => reference)
    .toArray();

const withShorter = (names: readonly string[]): readonly string[] =>
  names.flatMap((name) => [name, name.trim(), name.replace(/[\s#?].*$/s, "")]);

const toMessage = (path: string, { messages }: VFile): readonly Message[] =>
  messages.map(({ line, column, ruleId, reason, fatal }) => ({
    file: `content/${path}`,
    line: line ?? 1,
    column: column ?? 1,
    severity: fatal === true ? "error" : "warning",
    rule: ruleId ?? "",
    reason,
  }));

/** Compiles a story as the build would, with what the newsroom holds of the files that it refers to, or will. */
export const compileForNewsroom = async (
  path: string,
  source: Uint8Array,
  { channel, repository, siteMedia, now }: Newsroom,
  linked: Readonly<Record<string, string>> = {},
): Promise<CompiledForNewsroom> => {
  const text = new TextDecoder("utf-8", { fatal: false, ignoreBOM: false }).decode(source);
  const slugs = { ...linked, ...(await repository.slugsOf(pathsOf(storyReferences(text), path))) };
  const media: Record<string, MediaFile> = await repository.mediaOf([
    ...new Set(withShorter(pathsOf(mediaReferences(text), path))),
  ]);
  for (const name of channel.media) {
    const file = await siteMedia(name);
    if (file !== undefined) media[name] = file;
  }
  const context = { channel: { ...channel, url: PLACEHOLDER_ORIGIN }, media, slugs, now: now() };
  const { item, file } = compile(path, source, context);
  return { ...(item && { item }), messages: toMessage(path, file) };
};
