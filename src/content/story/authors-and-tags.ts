import type { VFile } from "vfile";
import type { Author, Category } from "../../model/item.ts";
import type { CompileContext } from "../compile-context.ts";
import { quote, reportError } from "../messages/messages.ts";
import { suggest } from "../messages/suggest.ts";
import type { StoryData } from "../schema/story-schema.ts";
import type { YamlMapping } from "../yaml/yaml.ts";
import { slugify } from "./slugify.ts";

/** Characters. */
const MAX_KEY_LENGTH = 200;

type Keyed = { readonly key: string };

const uniqueByKey = <Entry extends Keyed>(entries: readonly Entry[]): readonly Entry[] => {
  const seen = new Set<string>();
  return entries.filter(({ key }) => !seen.has(key) && seen.add(key));
};

/** The end of a sentence that says why a key made by `slugify` can't be used in URLs; undefined if it can. */
const keyProblem = (key: string): string | undefined => {
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

/**
 * The authors of a story, each once. An author is a key of site.yaml or written out. Reports keys that site.yaml does
 * not have, and written-out authors whose key site.yaml gives to somebody of another name.
 */
export const resolveAuthors = (
  file: VFile,
  yaml: YamlMapping,
  { authors = [] }: Partial<StoryData>,
  { channel }: CompileContext,
): readonly Author[] =>
  uniqueByKey(
    authors.flatMap((written, index): readonly Author[] => {
      const place = yaml.placeOf(["authors", index]);
      const key = typeof written === "string" ? written.normalize() : slugify(written.name);
      const known = channel.authors.find((author) => author.key === key);
      if (typeof written === "string") {
        if (known !== undefined) return [known];
        const reason = notInSite(written, "author", channel.authors, "Add it there, or write { name: … } here.");
        reportError(file, "unknown-author", reason, place);
        return [];
      }
      if (known !== undefined && known.name !== written.name) {
        const reason = `${quote(written.name)} and ${quote(known.name)} of site.yaml would have one address: ${key}. Write ${quote(key)} if they are the same.`;
        reportError(file, "author", reason, place);
      }
      const problem = keyProblem(key);
      if (problem !== undefined) reportError(file, "author", `The name ${quote(written.name)} ${problem}`, place);
      return [{ key, ...written }];
    }),
  );

/** The section of a story. Reports one that site.yaml does not have. */
export const resolveSection = (
  file: VFile,
  yaml: YamlMapping,
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

/** The tags of a story as the writer spelled them, each once. Reports those that give no key for URLs. */
export const readTags = (file: VFile, yaml: YamlMapping, { tags = [] }: Partial<StoryData>): readonly Category[] =>
  uniqueByKey(
    tags.map((name, index) => {
      const key = slugify(name);
      const problem = keyProblem(key);
      if (problem !== undefined) {
        reportError(file, "tag", `The tag ${quote(name)} ${problem}`, yaml.placeOf(["tags", index]));
      }
      return { key, name };
    }),
  );
