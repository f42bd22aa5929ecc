import { childrenOf, readXml, type XmlElement } from "../../formats/support/xml-reader.ts";

// Reads what machines may do out of every form, by the specifications alone.

/** What a form says; a key is absent if the form says nothing of it. */
export interface StatedRights {
  readonly search?: boolean;
  readonly aiInput?: boolean;
  readonly aiTrain?: boolean;
  readonly license?: string;
}

const RSL = "{https://rslstandard.org/rsl}";

const defined = (values: Readonly<Record<keyof StatedRights, boolean | string | undefined>>): StatedRights =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));

/** A `content` element of RSL: no use may be allowed and forbidden, and no token may be one that RSL does not have. */
export const readContent = (content: XmlElement): StatedRights => {
  const [license, ...others] = childrenOf(content, `${RSL}license`);
  if (license === undefined || others.length > 0) throw new Error("a content element has one licence");
  const tokensOf = (name: string): readonly string[] =>
    childrenOf(license, RSL + name)
      .filter(({ attributes }) => attributes.get("type") === "usage")
      .flatMap(({ text }) => text.split(" "));
  const permitted = tokensOf("permits");
  const prohibited = tokensOf("prohibits");
  const unknown = [...permitted, ...prohibited].filter((token) => !["search", "ai-input", "ai-train"].includes(token));
  if (unknown.length > 0 || permitted.some((token) => prohibited.includes(token))) throw new Error("no usage of RSL");
  const useOf = (token: string): boolean | undefined =>
    permitted.includes(token) ? true : prohibited.includes(token) ? false : undefined;
  return defined({
    search: useOf("search"),
    aiInput: useOf("ai-input"),
    aiTrain: useOf("ai-train"),
    license: childrenOf(content, `${RSL}terms`)[0]?.text,
  });
};

/** Whether a pattern matches a path from its beginning (RFC 9309 §2.2.3). */
const matches = (pattern: string, path: string): boolean =>
  new RegExp(
    `^${pattern
      .replace(/[\\^+?.()|[\]{}]/g, "\\$&")
      .replaceAll("*", ".*")
      .replace(/\$(?!$)/g, "\\$")}`,
  ).test(path);

const longest = <Rule extends { readonly pattern: string }>(rules: readonly Rule[], path: string): Rule | undefined =>
  rules.filter(({ pattern }) => matches(pattern, path)).sort((a, b) => b.pattern.length - a.pattern.length)[0];

/** A document of RSL, for a path; undefined if it has nothing that matches. */
export const readLicenseDocument = (text: string, path: string): StatedRights | undefined => {
  const rsl = readXml(text);
  if (rsl.name !== `${RSL}rsl`) throw new Error(`not RSL: ${rsl.name}`);
  const rules = childrenOf(rsl, `${RSL}content`).map((content) => ({
    pattern: content.attributes.get("url") ?? "",
    content,
  }));
  if (rules.length === 0) throw new Error("a document of RSL has a content element");
  const rule = longest(rules, path);
  return rule && readContent(rule.content);
};

const pairsOf = (text: string): ReadonlyMap<string, string> =>
  new Map(text.split(",").map((part) => [part.split("=")[0]?.trim() ?? "", part.split("=")[1]?.trim() ?? ""]));

const choose = (pairs: ReadonlyMap<string, string>, name: string, yes: string, no: string): boolean | undefined => {
  const value = pairs.get(name);
  if (value !== undefined && value !== yes && value !== no) throw new Error(`${name} is ${value}`);
  return value === undefined ? undefined : value === yes;
};

/** A usage preference of the IETF, such as `train-ai=n, search=y`. */
export const readPreference = (text: string | null): StatedRights => {
  const pairs = pairsOf(text ?? "");
  return defined({
    search: choose(pairs, "search", "y", "n"),
    aiInput: choose(pairs, "ai-use", "y", "n"),
    aiTrain: choose(pairs, "train-ai", "y", "n"),
    license: undefined,
  });
};

const readSignals = (text: string): StatedRights => {
  const pairs = pairsOf(text);
  return defined({
    search: choose(pairs, "search", "yes", "no"),
    aiInput: choose(pairs, "ai-input", "yes", "no"),
    aiTrain: choose(pairs, "ai-train", "yes", "no"),
    license: undefined,
  });
};

/** A robots.txt as a crawler without a group of its own reads it. */
export interface Robots {
  /** URLs of licences, outside of any group. */
  readonly licenses: readonly string[];
  readonly isAllowed: boolean;
  readonly signalsAt: (path: string) => StatedRights;
  readonly preferenceAt: (path: string) => StatedRights;
}

/** Reads a robots.txt (RFC 9309) with the rules of Content Signals, of draft-ietf-aipref-attach and of RSL. */
export const readRobots = (text: string): Robots => {
  const lines = text.split("\n").flatMap((line) => {
    const [, name = "", value = ""] = /^\s*([\w-]+)\s*:\s*(.*?)\s*$/.exec(line.replace(/#.*/, "")) ?? [];
    return name === "" ? [] : [{ name: name.toLowerCase(), value }];
  });
  const start = lines.findIndex(({ name, value }) => name === "user-agent" && value === "*");
  const group = lines.slice(start + 1);
  if (start === -1 || group.some(({ name }) => name === "user-agent")) throw new Error("there is one group, of *");
  const rulesOf = (rule: string) =>
    group
      .filter(({ name }) => name === rule)
      .map(({ value }) => {
        const [, pattern = "", rest = value] = /^(\/\S*)\s+(.*)$/.exec(value) ?? [];
        return { pattern, rest };
      });
  const allowed = group.filter(({ name }) => name === "allow").map(({ value }) => value);
  return {
    licenses: lines.slice(0, start).flatMap(({ name, value }) => (name === "license" ? [value] : [])),
    isAllowed: allowed.includes("/") && !group.some(({ name }) => name === "disallow"),
    signalsAt: (path) => readSignals(longest(rulesOf("content-signal"), path)?.rest ?? ""),
    preferenceAt: (path) => readPreference(longest(rulesOf("content-usage"), path)?.rest ?? ""),
  };
};

/** What TDMRep says: training, and where to acquire the right to it, which nobody looks for where it is not reserved. */
const readTdm = (reservation: unknown, policy: unknown): StatedRights => {
  if (reservation === undefined) {
    if (policy !== undefined) throw new Error("a policy without a reservation");
    return {};
  }
  if (reservation !== 0 && reservation !== 1) throw new Error(`a reservation of ${String(reservation)}`);
  return defined({
    search: undefined,
    aiInput: undefined,
    aiTrain: reservation === 0,
    license: typeof policy === "string" ? policy : undefined,
  });
};

/** A tdmrep.json, for a path: the first rule that matches counts. */
export const readTdmRules = (text: string, path: string): StatedRights => {
  const rules: readonly Readonly<Record<string, unknown>>[] = JSON.parse(text);
  const rule = rules.find(({ location }) => matches(String(location), path));
  return readTdm(rule?.["tdm-reservation"], rule?.["tdm-policy"]);
};

/** The header fields of TDMRep. */
export const readTdmFields = (headers: Headers): StatedRights => {
  const reservation = headers.get("tdm-reservation");
  return readTdm(reservation === null ? undefined : Number(reservation), headers.get("tdm-policy") ?? undefined);
};

/** The URLs of licences in a Link header (RFC 8288), each of them a document of RSL. */
export const readLicenseLinks = (headers: Headers): readonly string[] =>
  Array.from(
    (headers.get("link") ?? "").matchAll(/<([^>]*)>; rel="license"(?:; type="([^"]*)")?/g),
    ([, url = "", type]) => {
      if (type !== "application/rsl+xml") throw new Error(`a licence of type ${type}`);
      return url;
    },
  );
