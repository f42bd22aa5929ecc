import { atomName, mediaName, tombstoneName } from "./names.ts";
import {
  absoluteAttributes,
  absoluteHtml,
  check,
  isAbsolute,
  mediaRules,
  noDuplicates,
  required,
  type Violations,
} from "./rules.ts";
import { childrenOf, readXml, textOf, textsOf, withDescendants, type XmlElement } from "./xml-reader.ts";

const RFC_3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;

const dateRule = (text: string): Violations =>
  check(RFC_3339.test(text) && !Number.isNaN(Date.parse(text)), `${text} is no RFC 3339 date with T and Z`);

const linksOf = (element: XmlElement, relation: string): readonly XmlElement[] =>
  childrenOf(element, atomName("link")).filter(({ attributes }) => (attributes.get("rel") ?? "alternate") === relation);

const alternateRule = (element: XmlElement): Violations => {
  const kinds = linksOf(element, "alternate").map(
    ({ attributes }) => `${attributes.get("type")} ${attributes.get("hreflang")}`,
  );
  return check(new Set(kinds).size === kinds.length, "two alternates have the same type and hreflang");
};

const linkRules = (root: XmlElement): Violations =>
  withDescendants(root)
    .filter(({ name }) => name === atomName("link"))
    .flatMap(({ attributes }) => [
      ...check(attributes.has("href"), "a link has no href"),
      ...check(/^\d*$/.test(attributes.get("length") ?? ""), "a link's length is no number"),
    ]);

const personRules = (root: XmlElement): Violations =>
  withDescendants(root)
    .filter(({ name }) => name === atomName("author") || name === atomName("contributor"))
    .flatMap((person) => [
      ...required(person, [atomName("name")]),
      ...noDuplicates(person, []),
      ...textsOf(person, atomName("uri")).flatMap((uri) =>
        check(isAbsolute(uri), `a person's uri is relative: ${uri}`),
      ),
      ...textsOf(person, atomName("email")).flatMap((email) => check(/^.+@.+$/.test(email), `${email} is no address`)),
    ]);

const textRules = (root: XmlElement): Violations =>
  withDescendants(root)
    .filter(({ name }) => ["title", "subtitle", "summary", "rights", "content"].map(atomName).includes(name))
    .flatMap(({ name, attributes, children, text }) => {
      const type = attributes.get("type") ?? "text";
      return [
        ...check(type === "text" || type === "html", `${name} has the type ${type}`),
        ...check(children.length === 0, `${name} has elements in it`),
        ...(type === "html" ? absoluteHtml(text) : []),
      ];
    });

const idRule = (element: XmlElement): Violations => {
  const id = textOf(element, atomName("id")) ?? "";
  return check(isAbsolute(id) && !/\s/.test(id), `the id is no absolute IRI: ${id}`);
};

const ENTRY_REPEATABLE = [
  ...["author", "category", "contributor", "link"].map(atomName),
  ...["content", "thumbnail"].map(mediaName),
];

const entryRules = (entry: XmlElement, feedHasAuthor: boolean): Violations => [
  ...required(entry, ["id", "updated"].map(atomName)),
  // RFC 4287 §4.1.2 wants the element; a story without a title has an empty one.
  ...check(childrenOf(entry, atomName("title")).length === 1, "the entry has not exactly one title"),
  ...noDuplicates(entry, ENTRY_REPEATABLE),
  ...idRule(entry),
  ...alternateRule(entry),
  ...check(feedHasAuthor || childrenOf(entry, atomName("author")).length > 0, "neither feed nor entry has an author"),
  ...check(
    childrenOf(entry, atomName("content")).length > 0 || linksOf(entry, "alternate").length > 0,
    "the entry has neither content nor an alternate link",
  ),
  ...["published", "updated"].flatMap((name) => textsOf(entry, atomName(name)).flatMap(dateRule)),
  ...childrenOf(entry, atomName("category")).flatMap(({ attributes }) =>
    check((attributes.get("term") ?? "") !== "", "a category has no term"),
  ),
  ...mediaRules(entry),
];

const tombstoneRules = (feed: XmlElement): Violations => {
  const tombstones = childrenOf(feed, tombstoneName("deleted-entry"));
  const pairs = tombstones.map(({ attributes }) => `${attributes.get("ref")} ${attributes.get("when")}`);
  const entries = childrenOf(feed, atomName("entry"));
  const updatedOf = (id: string | undefined): readonly (string | undefined)[] =>
    entries.filter((entry) => textOf(entry, atomName("id")) === id).map((entry) => textOf(entry, atomName("updated")));
  return [
    ...check(new Set(pairs).size === pairs.length, "two tombstones have the same ref and when"),
    ...tombstones.flatMap((tombstone) => [
      ...check(isAbsolute(tombstone.attributes.get("ref") ?? ""), "a tombstone's ref is no absolute IRI"),
      ...dateRule(tombstone.attributes.get("when") ?? ""),
      ...noDuplicates(tombstone, [atomName("link")]),
      // §3: else the entry would have been published again, and the tombstone be void.
      ...check(
        updatedOf(tombstone.attributes.get("ref")).every((updated) => updated === tombstone.attributes.get("when")),
        "an entry is not of the time at which its tombstone says that it was removed",
      ),
    ]),
  ];
};

/** Everything in an Atom document that RFC 4287 or RFC 6721 forbids, in words. */
export const violationsOfAtom = (document: string): Violations => {
  const feed = readXml(document);
  const entries = childrenOf(feed, atomName("entry"));
  const ids = entries.map((entry) => textOf(entry, atomName("id")));
  const repeatable = [
    ...["author", "category", "contributor", "link", "entry"].map(atomName),
    tombstoneName("deleted-entry"),
  ];
  return [
    ...check(feed.name === atomName("feed"), "the root is not feed"),
    ...required(feed, ["id", "title", "updated"].map(atomName)),
    ...noDuplicates(feed, repeatable),
    ...idRule(feed),
    ...check(linksOf(feed, "self").length === 1, "there is not exactly one link rel=self"),
    ...alternateRule(feed),
    ...textsOf(feed, atomName("updated")).flatMap(dateRule),
    ...check(new Set(ids).size === ids.length, "two entries have the same id"),
    ...linkRules(feed),
    ...personRules(feed),
    ...textRules(feed),
    ...absoluteAttributes(feed),
    ...tombstoneRules(feed),
    ...entries.flatMap((entry) => entryRules(entry, childrenOf(feed, atomName("author")).length > 0)),
  ];
};
