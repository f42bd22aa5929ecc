// Territories where most readers of a language are, as far as it is not named like its language.
const TERRITORIES: Readonly<Record<string, string>> = {
  ...{ ar: "AR", be: "BY", bn: "IN", ca: "ES", cs: "CZ", cy: "GB", da: "DK", el: "GR", en: "US", et: "EE", eu: "ES" },
  ...{ fa: "IR", ga: "IE", gl: "ES", he: "IL", hi: "IN", ja: "JP", ka: "GE", ko: "KR", ms: "MY", nb: "NO", nn: "NO" },
  ...{ pt: "BR", sl: "SI", sq: "AL", sr: "RS", sv: "SE", sw: "KE", ta: "IN", uk: "UA", ur: "PK", vi: "VN" },
  ...{ zh: "CN", "zh-Hans": "CN", "zh-Hant": "TW" },
};

const LIKE_THEIR_LANGUAGE = new Set("bg de es fi fr hr hu id is it lt lv mk nl pl ro ru sk th tr".split(" "));

/**
 * The locale of Open Graph, a language and a territory, for a BCP 47 tag in its canonical spelling: `pt_PT` for `pt-PT`, `de_DE` for
 * `de`. Undefined where no territory is stated and none is usual.
 */
export const ogLocaleOf = (tag: string): string | undefined => {
  const [language = "", ...subtags] = tag.split("-");
  const script = subtags.find((subtag) => /^[A-Z][a-z]{3}$/.test(subtag));
  const stated = subtags.find((subtag) => /^[A-Z]{2}$/.test(subtag));
  const usual = TERRITORIES[script === undefined ? language : `${language}-${script}`] ?? TERRITORIES[language];
  const territory = stated ?? usual ?? (LIKE_THEIR_LANGUAGE.has(language) ? language.toUpperCase() : undefined);
  return territory === undefined || !/^[a-z]{2}$/.test(language) ? undefined : `${language}_${territory}`;
};
