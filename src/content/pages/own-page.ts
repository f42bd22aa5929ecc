import type { VFile } from "vfile";
import { type OwnPage, RESERVED_NAMES } from "../../model/pages/own-page.ts";
import { wordsOf } from "../../model/words/words-of.ts";
import { renderBody } from "../body/body.ts";
import type { CompileContext } from "../compile-context.ts";
import { decode } from "../decode.ts";
import { hasErrors, quote, reportError, sortMessages } from "../messages/messages.ts";
import type { ReferenceContext } from "../references/references.ts";
import { type PageData, pageSchema } from "../schema/page-schema.ts";
import { validateMapping } from "../schema/validate.ts";
import { parseFrontMatter, saysDraft } from "../story/front-matter.ts";
import { shorten } from "../story/shorten.ts";
import type { YamlMapping } from "../yaml/yaml.ts";

/** UTF-16 units: search engines show as much of a description. */
const MAX_SUMMARY_LENGTH = 160;

/** The file of a page, parsed and checked as far as that is possible without knowing other files. */
export interface ParsedPage {
  /** Carries the messages. */
  readonly file: VFile;
  readonly path: string;
  readonly name: string;
  /** Whether its front matter says so, as far as that can be read. */
  readonly isDraft: boolean;
  readonly markdown: string;
  /** All keys of the front matter; absent if one is missing, unknown or invalid. */
  readonly data?: PageData;
}

/** A compiled page with its media: absent if its file carries an error. */
export interface CompiledPage {
  readonly file: VFile;
  readonly path: string;
  readonly isDraft: boolean;
  readonly page?: OwnPage;
  /** Paths below content/ of the media files it uses. */
  readonly media: readonly string[];
}

const reportName = (file: VFile, path: string, name: string): void => {
  if (/^pages\/.*\//s.test(path)) {
    const reason =
      "A page stands in content/pages itself. Move this file there or, if it is a story, out of content/pages.";
    reportError(file, "page-name", reason);
  } else if (!/^[\p{L}\p{N}][\p{L}\p{M}\p{N}_~-]{0,199}$/u.test(name)) {
    const reason = `The file name gives the address ${quote(`/${name}`)}. Rename it with letters, digits, - and _.`;
    reportError(file, "page-name", reason);
  } else if (RESERVED_NAMES.has(name)) {
    reportError(file, "page-name", `The site has the address ${quote(`/${name}`)} for itself. Rename the file.`);
  }
};

/** The keys that only a story has, and has to have. */
const STORY_KEYS = ["id", "published"];

/** Reports a story among the pages, in place of its keys, one by one. */
const reportStory = (file: VFile, yaml: YamlMapping): boolean => {
  const key = STORY_KEYS.find((one) => Object.hasOwn(yaml.data, one));
  if (key === undefined) return false;
  const reason = `This is a story, as it has ${quote(key)}: move it out of content/pages. A page has ${Object.keys(pageSchema.entries).join(", ")}.`;
  reportError(file, "page-story", reason, yaml.placeOfKey([key]));
  return true;
};

/** Parses the file of a page of the publisher's own. `path` is below content/. */
export const parseOwnPage = (path: string, source: Uint8Array | string): ParsedPage => {
  const file = decode(path, source);
  const name = path.replace(/^.*\//s, "").replace(/\.md$/i, "").normalize("NFC");
  reportName(file, path, name);
  if (String(file) === "") return { file, path, name, isDraft: false, markdown: "" };
  const frontMatter = parseFrontMatter(file);
  const { yaml, markdown } = frontMatter;
  const isDraft = saysDraft(frontMatter);
  if (yaml === undefined || reportStory(file, yaml)) return { file, path, name, isDraft, markdown };
  const { complete } = validateMapping(file, yaml, pageSchema);
  return { file, path, name, isDraft, markdown, ...(complete && { data: complete }) };
};

/** Reports pages that have one address: the names of their files differ in how an accent is encoded, or in their endings. */
export const reportSameNames = (pages: readonly ParsedPage[]): void => {
  const first = new Map<string, ParsedPage>();
  for (const page of [...pages].sort((a, b) => Number(a.isDraft) - Number(b.isDraft))) {
    const other = first.get(page.name);
    if (other === undefined) first.set(page.name, page);
    else {
      const reason = `The address ${quote(`/${page.name}`)} is that of ${quote(`content/${other.path}`)} already. Rename or delete one of the two.`;
      reportError(page.file, "page-name", reason);
    }
  }
};

/** Compiles a page as stories are compiled: sanitised, with absolute URLs, and every problem with its place. */
export const compileOwnPage = (
  { file, path, name, isDraft, markdown, data }: ParsedPage,
  context: CompileContext,
): CompiledPage => {
  const { channel } = context;
  const { title, summary, language = channel.language } = data ?? { title: "" };
  const references: ReferenceContext = { ...context, path, slug: name, isOwnPage: true };
  const body = renderBody(file, markdown, references, language, wordsOf(channel, language));
  if (body?.isEmpty) {
    const place = { line: markdown.split("\n").length, column: 1 };
    reportError(file, "empty", "The page has no text. Write some below the front matter.", place);
  }
  sortMessages(file);
  if (data === undefined || body === undefined || hasErrors(file))
    return { file, path, isDraft, media: body?.media ?? [] };
  const page = {
    ...{ name, title, html: body.html, summary: summary ?? shorten(body.lead, MAX_SUMMARY_LENGTH) },
    ...(language !== channel.language && { language }),
  };
  return { file, path, isDraft, page, media: body.media };
};
