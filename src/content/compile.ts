import { is } from "valibot";
import type { VFile } from "vfile";
import { articlePath } from "../model/address.ts";
import type { Instant } from "../model/instant.ts";
import type { Author, Category, Item } from "../model/item.ts";
import { readAttached } from "./attached.ts";
import { categoryOf, keyOf } from "./category.ts";
import type { Context } from "./context.ts";
import { renderCredits } from "./credits.ts";
import { decode } from "./decode.ts";
import { type FrontMatter, readFrontMatter } from "./front-matter.ts";
import { renderBody } from "./markdown.ts";
import { isBroken, problem } from "./report.ts";
import type { Base } from "./resolve.ts";
import { key as keySchema } from "./shapes.ts";
import { type StoryData, storySchema } from "./story-schema.ts";
import { summarise } from "./summary.ts";
import { validate } from "./validate.ts";
import type { Yaml } from "./yaml.ts";

/** A story's file as read: `file` carries the messages; `item` is there unless one of them is a problem. */
export interface Compiled {
  readonly file: VFile;
  readonly item?: Item;
}

/** The slug that a file's name gives: `world/embassy.md` is `embassy`. */
export const slugOfPath = (path: string): string => path.replace(/^.*\//s, "").replace(/\.md$/i, "").normalize("NFC");

const reportSlug = (file: VFile, slug: string): void => {
  if (is(keySchema, slug)) return;
  problem(
    file,
    "slug",
    `The file name gives the slug \`${slug}\`, which can't stand in a URL. Rename it with letters, digits and -, or add \`slug\`.`,
  );
};

const reportDates = (file: VFile, yaml: Yaml, data: StoryData): void => {
  const notBefore = (name: string, at: Instant | undefined, path: readonly PropertyKey[], advice: string): void => {
    if (at !== undefined && at < data.published) {
      problem(file, "date", `\`${name}\` is before \`published\`. ${advice}`, yaml.placeOf(path));
    }
  };
  notBefore("updated", data.updated, ["updated"], "Mend one of the two.");
  notBefore(
    "withdrawn.at",
    data.withdrawn?.at,
    ["withdrawn", "at"],
    "A story that never appeared can be a draft, or be deleted.",
  );
  data.corrections?.forEach(({ at }, index) => {
    notBefore(`corrections[${index}].at`, at, ["corrections", index, "at"], "Mend one of the two.");
  });
  if (data.expires !== undefined && data.expires <= data.published) {
    problem(
      file,
      "date",
      "`expires` is not after `published`: the story would never appear. Mend one of the two.",
      yaml.placeOf(["expires"]),
    );
  }
};

const readAuthors = (file: VFile, yaml: Yaml, data: StoryData, { channel }: Context): readonly Author[] => {
  const authors = (data.authors ?? []).flatMap((named, index): Author[] => {
    const place = yaml.placeOf(["authors", index]);
    const key = typeof named === "string" ? named : keyOf(named.name);
    const known = channel.authors.find((author) => author.key === key);
    if (typeof named === "string") {
      if (known !== undefined) return [known];
      const keys = channel.authors.map((author) => author.key).join(", ") || "none yet";
      problem(
        file,
        "author",
        `\`${named}\` is no author of site.yaml (${keys}). Add it there, or write { name: … } here.`,
        place,
      );
      return [];
    }
    if (known !== undefined && known.name !== named.name) {
      problem(
        file,
        "author",
        `\`${named.name}\` has the same name in URLs as ${known.name} of site.yaml: ${key}. Write \`${key}\` if it is the same.`,
        place,
      );
      return [];
    }
    if (key === "") {
      problem(file, "author", "An author's name needs letters or digits.", place);
      return [];
    }
    return [{ key, ...named }];
  });
  return uniqueByKey(authors);
};

const readSection = (file: VFile, yaml: Yaml, data: StoryData, { channel }: Context): Category | undefined => {
  if (data.section === undefined) return undefined;
  const section = channel.sections.find(({ key }) => key === data.section);
  if (section === undefined) {
    const keys = channel.sections.map(({ key }) => key).join(", ") || "none yet";
    problem(
      file,
      "section",
      `\`${data.section}\` is no section of site.yaml (${keys}). Add it there, or mend the name.`,
      yaml.placeOf(["section"]),
    );
  }
  return section;
};

const readTags = (file: VFile, yaml: Yaml, data: StoryData): readonly Category[] =>
  uniqueByKey(
    (data.tags ?? []).map((name, index) => {
      const tag = categoryOf(name);
      if (tag.key === "") problem(file, "tag", "A tag needs letters or digits.", yaml.placeOf(["tags", index]));
      return tag;
    }),
  );

const uniqueByKey = <Keyed extends { readonly key: string }>(entries: readonly Keyed[]): readonly Keyed[] =>
  entries.filter(({ key }, index) => entries.findIndex((other) => other.key === key) === index);

const build = (file: VFile, { yaml, body }: FrontMatter, path: string, context: Context): Item | undefined => {
  const data = yaml && validate(file, yaml, storySchema);
  const slug = data?.slug ?? slugOfPath(path);
  if (data?.slug === undefined) reportSlug(file, slug);
  const base: Base = { ...context, path, slug };
  const text = renderBody(file, body, base);
  if (yaml === undefined || data === undefined) return undefined;
  reportDates(file, yaml, data);
  const authors = readAuthors(file, yaml, data, context);
  const section = readSection(file, yaml, data, context);
  const tags = readTags(file, yaml, data);
  const attached = readAttached(file, yaml, data, base);
  const corrections = data.corrections ?? [];
  const summary = data.summary ?? summarise(text.firstParagraph);
  if (data.withdrawn === undefined && text.html === "") {
    problem(file, "empty", "The story has no text. Write some below the front matter.", {
      line: body.split("\n").length,
      column: 1,
    });
  }
  const credits = renderCredits(data.source, corrections, context.channel);
  return {
    ...asWritten(data),
    slug,
    url: context.channel.url + articlePath(slug),
    summary: summary === "" ? data.title : summary,
    html: [text.html, credits].filter((part) => part !== "").join("\n"),
    updated: Math.max(data.published, data.updated ?? 0, ...corrections.map(({ at }) => at)),
    authors,
    ...(section !== undefined && { section }),
    tags,
    ...(attached.image !== undefined && { image: attached.image }),
    attachments: attached.attachments,
    ...(data.language !== undefined && data.language !== context.channel.language && { language: data.language }),
    aliases: data.aliases ?? [],
    draft: data.draft ?? false,
    corrections,
    media: [...new Set([...attached.media, ...text.media])],
  };
};

/** The keys that go into the Item as they are. */
const asWritten = ({
  slug: _slug,
  updated: _updated,
  summary: _summary,
  authors: _authors,
  section: _section,
  tags: _tags,
  image: _image,
  attachments: _attachments,
  language: _language,
  ...rest
}: StoryData) => rest;

/**
 * The only door into the model: turns a story's file (front matter and Markdown) into an Item, or into
 * messages with line and column. Pure; finds every problem in one pass.
 * `path` is below content/; `source` is the file's bytes, or text that is known to be Unicode.
 */
export const compile = (path: string, source: Uint8Array | string, context: Context): Compiled => {
  const file = decode(path, source);
  if (isBroken(file) && String(file) === "") return { file };
  const item = build(file, readFrontMatter(file), path, context);
  return item === undefined || isBroken(file) ? { file } : { file, item };
};
