import type { VFile } from "vfile";
import type { Author, Category } from "../../model/item.ts";
import type { CompileContext } from "../compile-context.ts";
import { reportError } from "../messages/messages.ts";
import { quote } from "../messages/quote.ts";
import { suggest } from "../messages/suggest.ts";
import type { StoryData } from "../schema/story-schema.ts";
import type { Yaml } from "../yaml/yaml.ts";
import { categoryOf, slugify } from "./slugify.ts";

const MAX_KEY_LENGTH = 200;

type Keyed = { readonly key: string };

const uniqueByKey = <Entry extends Keyed>(entries: readonly Entry[]): readonly Entry[] => {
  const seen = new Set<string>();
  return entries.filter(({ key }) => !seen.has(key) && seen.add(key));
};

/** What is wrong with a name for URLs that was made from a name for people; nothing where it will do. */
const faultOfKey = (key: string): string | undefined => {
  if (key === "") return "needs letters or digits. Add some.";
  return key.length > MAX_KEY_LENGTH
    ? `is too long: ${MAX_KEY_LENGTH} characters are the most. Shorten it.`
    : undefined;
};

const notInSite = (name: string, kind: "author" | "section", known: readonly Keyed[], advice: string): string => {
  const keys = known.map(({ key }) => key);
  const list = keys.length === 0 ? "none" : keys.slice(0, 20).join(", ");
  return `${quote(name)} is no ${kind} of site.yaml (it has ${list}).${suggest(name, keys) || ` ${advice}`}`;
};

/** The authors of a story, each once. Notes those that site.yaml does not know, or knows by another name. */
export const resolveAuthors = (
  file: VFile,
  yaml: Yaml,
  { authors = [] }: Partial<StoryData>,
  { channel }: CompileContext,
): readonly Author[] =>
  uniqueByKey(
    authors.flatMap((named, index): readonly Author[] => {
      const place = yaml.placeOf(["authors", index]);
      const key = typeof named === "string" ? named.normalize() : slugify(named.name);
      const known = channel.authors.find((author) => author.key === key);
      if (typeof named === "string") {
        if (known !== undefined) return [known];
        const reason = notInSite(named, "author", channel.authors, "Add it there, or write { name: … } here.");
        reportError(file, "unknown-author", reason, place);
        return [];
      }
      if (known !== undefined && known.name !== named.name) {
        const reason = `${quote(named.name)} and ${quote(known.name)} of site.yaml would have one address: ${key}. Write ${quote(key)} if they are the same.`;
        reportError(file, "author", reason, place);
      }
      const fault = faultOfKey(key);
      if (fault !== undefined) reportError(file, "author", `The name ${quote(named.name)} ${fault}`, place);
      return [{ key, ...named }];
    }),
  );

/** The section of a story. Notes one that site.yaml does not know. */
export const resolveSection = (
  file: VFile,
  yaml: Yaml,
  { section: name }: Partial<StoryData>,
  { channel }: CompileContext,
): Category | undefined => {
  if (name === undefined) return undefined;
  const section = channel.sections.find(({ key }) => key === name.normalize());
  if (section === undefined) {
    const reason = notInSite(name, "section", channel.sections, "Add it there, or mend the name.");
    reportError(file, "unknown-section", reason, yaml.placeOf(["section"]));
  }
  return section;
};

/** The tags of a story, each once. */
export const readTags = (file: VFile, yaml: Yaml, { tags = [] }: Partial<StoryData>): readonly Category[] =>
  uniqueByKey(
    tags.map((name, index) => {
      const tag = categoryOf(name);
      const fault = faultOfKey(tag.key);
      if (fault !== undefined)
        reportError(file, "tag", `The tag ${quote(name)} ${fault}`, yaml.placeOf(["tags", index]));
      return tag;
    }),
  );
