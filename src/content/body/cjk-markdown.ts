import { attention } from "micromark-core-commonmark";
import type { Construct, Constructs, Extension, TokenizeContext } from "./micromark-types.ts";

// Markdown finds the ends of emphasis and of bare addresses by the spaces and the punctuation around them. Chinese, Japanese and
// Korean put neither where Latin text does. These constructs are micromark's own, told that some characters are others.

type State = ReturnType<Construct["tokenize"]>;
type Effects = Parameters<Construct["tokenize"]>[0];
type Code = Parameters<State>[0];

const LETTER = "a".charCodeAt(0);
const PERIOD = ".".charCodeAt(0);
const SPACE = " ".charCodeAt(0);

/** Letters and punctuation of Chinese, Japanese and Korean, in both widths. */
const CJK =
  /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\p{sc=Bopomofo}\u{3000}-\u{303F}\u{30FB}\u{30FC}\u{FE30}-\u{FE4F}\u{FF00}-\u{FFEF}]/u;
const PUNCTUATION = /[\p{P}\p{S}]/u;

const characterBefore = (source: string, offset: number): string =>
  /[\uDC00-\uDFFF]/.test(source[offset - 1] ?? "") ? source.slice(offset - 2, offset) : (source[offset - 1] ?? "");

const characterAt = (source: string, offset: number): string =>
  String.fromCodePoint(source.codePointAt(offset) ?? SPACE);

interface Disguise {
  /** What the construct takes the character at an offset for. */
  readonly codeAt: (offset: number, code: Code) => Code;
  /** What it takes the character before it for. */
  readonly previous: Code;
}

/**
 * A construct that takes some characters for others. It must not consume them; what comes after it sees the true ones. Where there
 * is no disguise it matches nothing, and micromark's own does.
 */
const disguised = (
  construct: Construct,
  disguiseOf: (context: TokenizeContext) => Disguise | undefined,
): Construct => ({
  ...construct,
  tokenize(effects, ok, nok) {
    const found = disguiseOf(this);
    if (found === undefined) return nok;
    const { codeAt, previous } = found;
    let written: Code = null;
    let isDone = false;
    const context: TokenizeContext = Object.create(this, { previous: { value: previous } });
    const finish =
      (next: State): State =>
      () => {
        isDone = true;
        return next(written);
      };
    const disguise =
      (state: State): State =>
      (code) => {
        written = code;
        const next = state(codeAt(this.now().offset, code));
        return isDone || typeof next !== "function" ? next : disguise(next);
      };
    return disguise(
      construct.tokenize.call(
        context,
        withTrueEnds(effects, () => written),
        finish(ok),
        finish(nok),
      ),
    );
  },
});

const isConstruct = (constructs: Parameters<Effects["attempt"]>[0]): constructs is Construct =>
  "tokenize" in constructs;

/** Effects whose attempts and checks tell micromark, when they end, which character was written. */
const withTrueEnds = (effects: Effects, written: () => Code): Effects => {
  const inner = (construct: Construct): Construct => ({
    ...construct,
    tokenize(outer, ok, nok) {
      const end =
        (next: State): State =>
        () =>
          next(written());
      return construct.tokenize.call(this, withTrueEnds(outer, written), end(ok), end(nok));
    },
  });
  const withInner =
    (attempt: Effects["attempt"]): Effects["attempt"] =>
    (constructs, ...ends) =>
      attempt(isConstruct(constructs) ? inner(constructs) : constructs, ...ends);
  return { ...effects, attempt: withInner(effects.attempt), check: withInner(effects.check) };
};

/**
 * Emphasis as https://github.com/tats-u/markdown-cjk-friendly describes it: punctuation of these scripts counts as a letter, and
 * where other punctuation meets one of their characters, a mark may open or close. (The package of that project does the same in
 * 5 kB after gzip.)
 */
const besideCjk = (construct: Construct, source: string): Construct =>
  disguised(construct, (context) => {
    const { offset } = context.now();
    // A longer run of ~ is none of its marks, and is looked at again from each of them.
    const last = source[offset] === "~" ? offset + 3 : source.length;
    let end = offset;
    while (end < last && source[end] === source[offset]) end++;
    const before = characterBefore(source, offset);
    const after = characterAt(source, end);
    if (!CJK.test(before) && !CJK.test(after)) return undefined;
    const codeOf = (character: string, other: string, code: Code): Code => {
      if (!CJK.test(character)) return code;
      return PUNCTUATION.test(other) && !CJK.test(other) ? PERIOD : LETTER;
    };
    return {
      previous: codeOf(before, after, context.previous),
      codeAt: (at, code) => (at === end ? codeOf(after, before, code) : code),
    };
  });

/** Space, `<`, and punctuation beyond ASCII that can't be meant as part of an address: quotation marks, brackets, full stops. */
const ADDRESS_END = /(?![()[\]{}])[\s<\p{Ps}\p{Pe}\p{Pi}\p{Pf}、。〃…—―，．：；！？｜～・،؛؟۔।]/u;
/** A letter of Chinese, Japanese or Korean, or of another script that has no spaces between words. */
export const UNSPACED_LETTER =
  /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\p{sc=Bopomofo}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/u;

/** The beginning of an address and its host: `example.org后面` holds one name, `例え.jp` and `nhk日本.jp` are others. */
const HOST =
  /^(?:https?:\/\/|www\.)(?:[\w-]+(?:\.[\w-]+)+(?=[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}])|[^\s/?#<*~]*)/iu;

/** UTF-16 units: no address that somebody writes is longer, and looking at more of each would take quadratic time. */
const MAX_ADDRESS_LENGTH = 2000;

/**
 * Where a bare address that begins at an offset ends at the latest: at punctuation that is not ASCII, and at a Chinese, Japanese
 * or Korean letter that follows a Latin one. Behind a `/`, `=` or the like in a path such a letter may belong to it. The end of the
 * source if nothing of this ends it; undefined if no address begins there.
 */
const addressEnd = (source: string, start: number): number | undefined => {
  if (!/^(?:http|www\.)/i.test(source.slice(start, start + 4))) return undefined;
  const written = source.slice(start, start + MAX_ADDRESS_LENGTH);
  const host = HOST.exec(written)?.[0];
  if (host === undefined) return undefined;
  const endInHost = host.search(ADDRESS_END);
  if (endInHost >= 0) return start + endInHost;
  let hasCjk = false;
  for (let at = host.length; at < written.length; ) {
    const character = characterAt(written, at);
    if (ADDRESS_END.test(character)) return start + at;
    if (UNSPACED_LETTER.test(character) && !hasCjk) {
      const isInPath = at > host.length + 1 && /[/=_#+-]/.test(written[at - 1] ?? "");
      if (!isInPath) return start + at;
      hasCjk = true;
    }
    at += character.length;
  }
  return source.length;
};

/** An address may follow one of these characters, as it may follow a space, and ends where `addressEnd` says. */
const shortAddress = (construct: Construct, source: string): Construct => ({
  ...disguised(construct, (context) => {
    const { offset } = context.now();
    const end = addressEnd(source, offset);
    const isAfterCjk = CJK.test(characterBefore(source, offset));
    if (end === undefined || (end === source.length && !isAfterCjk)) return undefined;
    return {
      previous: isAfterCjk ? SPACE : context.previous,
      codeAt: (at, code) => (at >= end ? SPACE : code),
    };
  }),
  previous(code) {
    // Codes of line endings and of no character are negative, or null.
    const character = String.fromCharCode(Math.max(0, code ?? 0));
    return CJK.test(character) || /[\uDC00-\uDFFF]/.test(character) || construct.previous?.call(this, code) !== false;
  },
});

const listOf = (constructs: Constructs[string] | undefined): readonly Construct[] =>
  constructs === undefined ? [] : Array.isArray(constructs) ? constructs : [constructs];

/**
 * A micromark extension that reads emphasis, strikethrough and bare addresses beside Chinese, Japanese and Korean as people mean
 * them. `source` is the text that is parsed; `extension` is that of GitHub Flavored Markdown, and goes before this one.
 */
export const cjkMarkdown = (source: string, extension: Extension): Extension => {
  const constructsAt = (character: string) => listOf(extension.text?.[character.charCodeAt(0)]);
  const emphasis = besideCjk(attention, source);
  const strikethrough = constructsAt("~").map((construct) => besideCjk(construct, source));
  const addresses = (character: string) =>
    constructsAt(character)
      .filter(({ name }) => name === "protocolAutolink" || name === "wwwAutolink")
      .map((construct) => shortAddress(construct, source));
  const byCharacter: readonly (readonly [string, Construct | Construct[]])[] = [
    ["*", emphasis],
    ["_", emphasis],
    ["~", strikethrough],
    ...Array.from("hHwW", (character): readonly [string, Construct[]] => [character, addresses(character)]),
  ];
  return {
    text: Object.fromEntries(byCharacter.map(([character, constructs]) => [character.charCodeAt(0), constructs])),
  };
};
