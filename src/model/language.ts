// Of a tag with one of these regions, removing the region would give other readers' words (CLDR, "Parent Locales").
const PARENTS: ReadonlyMap<string, string> = new Map([
  ...["zh-HK", "zh-MO", "zh-TW"].map((tag) => [tag, "zh-Hant"] as const),
  ...["en-150", "en-AU", "en-GB", "en-IE", "en-IN", "en-NZ", "en-ZA"].map((tag) => [tag, "en-001"] as const),
  ...["pt-AO", "pt-CV", "pt-GW", "pt-MZ", "pt-ST", "pt-TL"].map((tag) => [tag, "pt-PT"] as const),
]);

/**
 * The tags of the languages that can stand in for one, itself first: subtags are removed from its end (RFC 4647 §3.4,
 * "Lookup"), unless another tag is nearer. `de-AT`, `de`; `zh-TW`, `zh-Hant`, `zh`.
 */
export const fallbackTags = (tag: string): readonly string[] => {
  const parent = PARENTS.get(tag) ?? tag.slice(0, Math.max(0, tag.lastIndexOf("-")));
  return parent === "" ? [tag] : [tag, ...fallbackTags(parent)];
};

/** The entry of a table by language for a BCP 47 tag in its canonical spelling; undefined if there is none. */
export const findByLanguage = <Value>(table: Readonly<Record<string, Value>>, tag: string): Value | undefined => {
  const known = fallbackTags(tag).find((one) => Object.hasOwn(table, one));
  return known === undefined ? undefined : table[known];
};

// Of a tag without a script, the language decides: each of these is usually written in one of the scripts below.
const RIGHT_TO_LEFT_LANGUAGES = new Set(
  "ar arc ckb dv fa glk he khw ks lrc mzn nqo pnb prs ps sd skr syr ug ur yi".split(" "),
);

const RIGHT_TO_LEFT_SCRIPTS = new Set("Adlm Arab Aran Hebr Mand Mend Nkoo Rohg Samr Syrc Thaa Yezi".split(" "));

/**
 * The direction in which a language is written, for the attribute `dir`: that of its first letters (`auto`) if nobody says which language
 * it is (`und`). The tag is BCP 47 in its canonical spelling.
 */
export const directionOf = (tag: string): "auto" | "ltr" | "rtl" => {
  const [language = "", ...subtags] = tag.split("-");
  const script = subtags.find((subtag) => /^[A-Z][a-z]{3}$/.test(subtag));
  if (language === "und" && script === undefined) return "auto";
  const isRightToLeft =
    script === undefined ? RIGHT_TO_LEFT_LANGUAGES.has(language) : RIGHT_TO_LEFT_SCRIPTS.has(script);
  return isRightToLeft ? "rtl" : "ltr";
};
