/**
 * The tag and what remains of it when subtags are removed from its end, the longest first (RFC 4647 §3.4, "Lookup"):
 * `zh-Hant-TW`, `zh-Hant`, `zh`.
 */
export const fallbackTags = (tag: string): readonly string[] => {
  const subtags = tag.split("-");
  return subtags.map((_, index) => subtags.slice(0, subtags.length - index).join("-"));
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

/** The direction in which a language is written, for the attribute `dir`. The tag is BCP 47 in its canonical spelling. */
export const directionOf = (tag: string): "ltr" | "rtl" => {
  const [language = "", ...subtags] = tag.split("-");
  const script = subtags.find((subtag) => /^[A-Z][a-z]{3}$/.test(subtag));
  const isRightToLeft =
    script === undefined ? RIGHT_TO_LEFT_LANGUAGES.has(language) : RIGHT_TO_LEFT_SCRIPTS.has(script);
  return isRightToLeft ? "rtl" : "ltr";
};
