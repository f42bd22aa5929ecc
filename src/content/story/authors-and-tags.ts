import type { VFile } from "vfile";
import type { Author, Category } from "../../model/item.ts";
import { foldName, keyOfName } from "../../model/names/name-key.ts";
import { slugify } from "../../model/names/slugify.ts";
import type { CompileContext } from "../compile-context.ts";
import { type Place, quote, reportError, reportWarning } from "../messages/messages.ts";
import { suggest } from "../messages/suggest.ts";
import type { StoryData } from "../schema/story-schema.ts";
import type { YamlMapping } from "../yaml/yaml.ts";

/** Characters. */
const MAX_KEY_LENGTH = 200;

type Keyed = { readonly key: string };

/** An author or a tag, and where the story names it. */
interface Named {
  readonly entry: Category;
  readonly place: Place;
}

/**
 * The first of those that have one key; each other one is reported. Names have one key if they differ in case, white
 * space or Unicode normal form only.
 */
const uniqueByKey = <Entry extends Named>(
  file: VFile,
  what: "author" | "tag",
  named: readonly Entry[],
): readonly Entry["entry"][] => {
  const first = new Map<string, string>();
  return named.flatMap(({ entry, place }) => {
    const { key, name } = entry;
    const other = first.get(key);
    if (other === undefined) {
      first.set(key, name);
      return [entry];
    }
    const reason =
      other === name
        ? `The ${what} ${quote(name)} stands here twice. Delete one.`
        : `The ${what} ${quote(name)} is the same as ${quote(other)}: they would have one address, ${key}. Only ${quote(other)} is shown. Delete one.`;
    reportWarning(file, `duplicate-${what}`, reason, place);
    return [];
  });
};

// Characters that nobody sees, but for those that join or separate letters, choose how an emoji looks, or make a flag.
const INVISIBLE = /(?!\u200C|\u200D|[\uFE00-\uFE0F]|[\u{E0000}-\u{E0FFF}])\p{Default_Ignorable_Code_Point}/u;

/** Reports a name that can't have an address, and characters in it that make another name of it without being seen. */
const checkName = (file: VFile, what: "name" | "tag", rule: string, name: string, place: Place): void => {
  const key = keyOfName(name);
  const report = (problem: string): void => reportError(file, rule, `The ${what} ${quote(name)} ${problem}`, place);
  if (!/(?!\p{Default_Ignorable_Code_Point})[\p{L}\p{N}]/u.test(name)) report("needs letters or digits. Add some.");
  else if (key.length > MAX_KEY_LENGTH) {
    const length = name.length > MAX_KEY_LENGTH ? "" : ` in its address, where symbols take more room (${key.length})`;
    report(`is too long${length}: ${MAX_KEY_LENGTH} characters are the most. Shorten it.`);
  }
  const [invisible] = INVISIBLE.exec(name) ?? [];
  if (invisible === undefined) return;
  const code = invisible.codePointAt(0)?.toString(16).toUpperCase().padStart(4, "0");
  const reason = `The ${what} ${quote(name)} has the invisible character U+${code}, which makes another ${what} of it than it looks. Delete it.`;
  reportWarning(file, rule, reason, place);
};

const notInSite = (name: string, kind: "author" | "section", known: readonly Keyed[], advice: string): string => {
  const keys = known.map(({ key }) => key);
  const list = keys.length === 0 ? "none" : keys.slice(0, 20).join(", ");
  return `${quote(name)} is no ${kind} of site.yaml (it has ${list}).${suggest(name, keys) || ` ${advice}`}`;
};

/**
 * The author of site.yaml who has the address of one that is written out: the same name with the key that it had until
 * 0.2, or any name with its key.
 */
const findKnownAuthor = (name: string, known: readonly Author[]): Author | undefined =>
  known.find((author) => author.key === slugify(name) && foldName(author.name) === foldName(name)) ??
  known.find(({ key }) => key === keyOfName(name));

/**
 * The authors of a story, each once. An author is a key of site.yaml or written out. Reports keys that site.yaml does
 * not have, and written-out authors whose key site.yaml gives to somebody of another name.
 */
export const resolveAuthors = (
  file: VFile,
  yaml: YamlMapping,
  { authors = [] }: Partial<StoryData>,
  { channel }: CompileContext,
): readonly Author[] => {
  const named = authors.flatMap((written, index): readonly { readonly entry: Author; readonly place: Place }[] => {
    const place = yaml.placeOf(["authors", index]);
    if (typeof written === "string") {
      const known = channel.authors.find(({ key }) => key === written.normalize());
      if (known !== undefined) return [{ entry: known, place }];
      const reason = notInSite(written, "author", channel.authors, "Add it there, or write { name: … } here.");
      reportError(file, "unknown-author", reason, place);
      return [];
    }
    const known = findKnownAuthor(written.name, channel.authors);
    if (known !== undefined && known.name !== written.name) {
      const reason = `${quote(written.name)} and ${quote(known.name)} of site.yaml would have one address: ${known.key}. Write ${quote(known.key)} if they are the same.`;
      reportError(file, "author", reason, place);
    }
    checkName(file, "name", "author", written.name, place);
    return [{ entry: { key: known?.key ?? keyOfName(written.name), ...written }, place }];
  });
  return uniqueByKey(file, "author", named);
};

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
export const readTags = (file: VFile, yaml: YamlMapping, { tags = [] }: Partial<StoryData>): readonly Category[] => {
  const named = tags.map((name, index) => {
    const place = yaml.placeOf(["tags", index]);
    checkName(file, "tag", "tag", name, place);
    return { entry: { key: keyOfName(name), name }, place };
  });
  return uniqueByKey(file, "tag", named);
};
