import * as fc from "fast-check";
import type { Nodes } from "hast";
import { raw } from "hast-util-raw";
import { describe, expect, it } from "vitest";
import { plainText } from "../../src/lib/plain-text.ts";

const parse = (html: string): Nodes => raw({ type: "root", children: [{ type: "raw", value: html }] });

const textOf = (html: string, language?: string): string =>
  plainText(parse(html), language === undefined ? {} : { language });

describe("the plain text of HTML", () => {
  it.each([
    ["a power", "10<sup>6</sup> people", "10⁶ people"],
    ["a negative power", "10<sup>−3</sup> m", "10⁻³ m"],
    ["a unit", "5 m<sup>2</sup>", "5 m²"],
    ["a power with letters", "e<sup>x</sup>, 2<sup>n+1</sup>", "eˣ, 2ⁿ⁺¹"],
    ["a power that Unicode has no characters for", "2<sup>1/3</sup>, x<sup>q</sup>", "2^(1/3), x^q"],
    ["a power in other elements", "<b>10</b><sup><b>6</b></sup>", "10⁶"],
    ["an English ordinal", "the 1<sup>st</sup> and 22<sup>nd</sup>", "the 1st and 22nd"],
    ["another abbreviation", "M<sup>me</sup> Curie", "Mᵐᵉ Curie"],
    ["a formula of chemistry", "H<sub>2</sub>SO<sub>4</sub>", "H₂SO₄"],
    ["an index that Unicode has no characters for", "x<sub>y,z</sub>", "x_(y,z)"],
    ["a sign that is raised by itself", "Feedwright<sup>®</sup>", "Feedwright®"],
    ["a fraction", "<sup>1</sup>⁄<sub>2</sub>", "¹⁄₂"],
    ["a negative power with a dash", "10<sup>–9</sup>", "10⁻⁹"],
    ["a power of a power", "2<sup>10<sup>2</sup></sup>, x<sub>n<sub>k</sub></sub>", "2^(10²), x_(nₖ)"],
    ["what is raised already", "2<sup>ⁿ</sup>, 90<sup>º</sup>", "2ⁿ, 90º"],
    ["marks of trade", "Feedwright<sup>TM</sup>, Wire<sup>SM</sup>", "Feedwright™, Wire℠"],
    ["French ordinals", "la 1<sup>ère</sup>, le 2<sup>ème</sup>, le XIX<sup>e</sup>", "la 1ère, le 2ème, le XIXᵉ"],
    ["an index before a power", "SO<sub>4</sub><sup>2−</sup>, <sup>14</sup>C", "SO₄²⁻, ¹⁴C"],
  ])("shows %s", (_, html, text) => {
    expect(textOf(html)).toBe(text);
  });

  it.each([
    ["what is struck out", "paid <del>50</del> 40 euros", "paid 40 euros"],
    ["<s> and <strike>", "a <s>b</s> c <strike>d</strike>.", "a c."],
    ["what is struck out before a full stop", "It cost <s>much</s>.", "It cost."],
    ["the number of a note", 'True<sup><a href="#fn-1" data-footnote-ref>1</a></sup>.', "True."],
    ["a number that somebody wrote by hand", 'True<sup><a href="https://example.org/a#note1">[1]</a></sup>.', "True."],
    ["a number in brackets", "True<sup>[3]</sup>.", "True."],
    ["the number of a note that is raised in its link", 'True<a href="#n"><sup>1</sup></a>.', "True."],
    ["the numbers of several notes", 'True<sup><a href="#a">1</a>, <a href="#b">2</a></sup>.', "True."],
    ["a star for a note", 'True<sup><a href="#a">*</a></sup>.', "True."],
    ["spaces at its ends", "<p>&nbsp; &nbsp;a&nbsp;</p>", "a"],
    ["the arrow back from a note", 'Note. <a href="#x" data-footnote-backref="">↩</a>', "Note."],
    ["what a film shows where it can't play", "a <video>Your browser…</video> b", "a b"],
    ["scripts and styles", "a<script>x()</script><style>b{}</style> b", "a b"],
    ["a fold that is closed", "<details><summary>Who?</summary><p>The butler.</p></details>", "Who?"],
    ["what is hidden", "a <span hidden>b</span> c", "a c"],
    ["a place where a word may break", "very<wbr>long", "verylong"],
  ])("leaves out %s", (_, html, text) => {
    expect(textOf(html)).toBe(text);
  });

  it.each([
    ["line breaks", "one<br>two", "one two"],
    ["paragraphs", "<p>One.</p><p>Two.</p>", "One. Two."],
    ["headings", "<h2>Head</h2><p>Text</p>", "Head Text"],
    ["rules", "one<hr>two", "one two"],
    ["entries of lists", "<p>Buy:</p><ul><li>bread</li><li>milk</li></ul>", "Buy: bread · milk"],
    ["entries that are sentences", "<ol><li>One.</li><li>Two.</li></ol>", "One. Two."],
    ["terms and what they mean", "<dl><dt>A</dt><dd>first</dd><dt>B</dt><dd>second</dd></dl>", "A: first · B: second"],
    ["cells and rows", "<table><tr><th>a<th>b<tr><td>1<td>2</table>", "a | b · 1 | 2"],
    ["keys", "<kbd>Ctrl</kbd><kbd>C</kbd>", "Ctrl C"],
    ["words by the spaces between them", "One.&nbsp; Two&nbsp;3", "One.\u{a0} Two\u{a0}3"],
    ["lines of Chinese", "第一行<br>第二行", "第一行 第二行"],
  ])("separates %s", (_, html, text) => {
    expect(textOf(html)).toBe(text);
  });

  it.each([
    ["pictures by their text", 'It was <img src="x" alt="sunny">, <img alt="">hot', "It was sunny, hot"],
    ["pictures apart from words", '<a href="x"><img alt="A"></a><img alt="B">c', "A B c"],
    [
      "the reading of ruby in parentheses",
      "<ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp>字<rt>ji</rt></ruby>",
      "漢(kan)字(ji)",
    ],
    ["check boxes", '<input type="checkbox" checked> a <input type="checkbox"> b', "☑ a ☐ b"],
    ["an open fold", "<details open><summary>Who?</summary>She.</details>", "Who? She."],
    ["a formula by its own text", '<math alttext="a²"><mi>x</mi></math>', "a²"],
    [
      "a formula by its TeX",
      '<math><semantics><mi>x</mi><annotation encoding="application/x-tex">x^2</annotation></semantics></math>',
      "x^2",
    ],
    [
      "the parts of a formula",
      "<math><msup><mi>x</mi><mn>2</mn></msup><mo>+</mo><mfrac><mn>1</mn><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow></mfrac></math>",
      "x²+1/(a+b)",
    ],
    [
      "Chinese and Japanese without the line ends of the source",
      "中文第一行，\n中文第二行。\n日本語",
      "中文第一行，中文第二行。日本語",
    ],
    ["Korean with them", "한국어\n문장", "한국어 문장"],
    ["emphasis and abbreviations as their text", '<b>a</b><i>b</i> <abbr title="x">NATO</abbr>', "ab NATO"],
  ])("shows %s", (_, html, text) => {
    expect(textOf(html)).toBe(text);
  });

  it.each([
    ["en", "“a ‘b’ c”"],
    ["de-AT", "„a ‚b‘ c“"],
    ["fr", "«a “b” c»"],
    ["cs", "„a ‚b‘ c“"],
    ["he", "”a ’b’ c”"],
    ["zh", "“a ‘b’ c”"],
    ["zh-Hant", "「a 『b』 c」"],
    ["zh-TW", "「a 『b』 c」"],
    ["ja", "「a 『b』 c」"],
    ["tlh", "“a ‘b’ c”"],
    ["constructor", "“a ‘b’ c”"],
  ])("puts quotations into the marks of the language: %s", (language, text) => {
    expect(textOf("<q>a <q>b</q> c</q>", language)).toBe(text);
    expect(textOf(`<p lang="${language}"><q>a <q>b</q> c</q></p>`)).toBe(text);
  });

  // The main and the alternate marks of CLDR.
  it.each([
    ["„“‚‘", "bg cs de hsb is lt lv mk sk sl"],
    ["„”‚’", "hr sr"],
    ["„”«»", "pl ro"],
    ["„”»«", "hu"],
    ["„”„”", "et ka"],
    ["“”‘’", "da en pt zh tr ko zh-Hans zh-CN zh-SG"],
    ["‘’“”", "nl"],
    ["«»“”", "ast ca el es eu fr gl hy it fr-CA"],
    ["«»„“", "be ru uk"],
    ["«»‘’", "nb nn no"],
    ["«»‹›", "fa"],
    ["””’’", "fi he se sv"],
    ["”“’‘", "ar ur ar-EG"],
    ["「」『』", "ja zh-Hant zh-HK zh-MO zh-TW zh-hant-hk"],
  ])("has the marks %s in %s", (marks, languages) => {
    const [open, close, openInner, closeInner] = Array.from(marks);
    for (const language of languages.split(" ")) {
      const text = `${open}a ${openInner}b${closeInner}${close}`;
      expect([language, textOf("<q>a <q>b</q></q>", language)]).toEqual([language, text]);
    }
  });

  const elementOf = (tagName: string): Nodes => ({
    type: "root",
    children: ["a", "b", "c"].map((value, index) =>
      index === 1
        ? { type: "element", tagName, properties: {}, children: [{ type: "text", value }] }
        : { type: "text", value },
    ),
  });

  it.each([
    [
      "nothing",
      "ac",
      [
        ..."audio canvas embed head iframe noembed noframes noscript object rp script select style svg".split(" "),
        ..."template textarea title video del s strike".split(" "),
      ],
    ],
    [
      "a block",
      "a b c",
      [
        ..."address article aside blockquote body center div dl fieldset figcaption figure footer form h1 h2 h3".split(
          " ",
        ),
        ..."h4 h5 h6 header hr main nav ol p pre section summary table ul".split(" "),
      ],
    ],
    ["an entry", "a · b · c", "caption dd li tr".split(" ")],
    ["a cell", "a | b | c", "td th".split(" ")],
    ["a closed fold", "a c", ["details"]],
    ["a term", "a · b: c", ["dt"]],
    [
      "text",
      "abc",
      "a abbr b bdi bdo cite code dfn em i ins kbd mark small span strong time tt u var wbr x-y".split(" "),
    ],
  ])("reads as %s, such as %j, what stands in certain elements", (_, text, names) => {
    for (const name of names) expect([name, plainText(elementOf(name))]).toEqual([name, text]);
  });

  it.each([
    ["sup", "0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹"],
    ["sup", "+-−–=()", "⁺⁻⁻⁻⁼⁽⁾"],
    ["sup", "abcdefghijklmnoprstuvwxyz", "ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ"],
    ["sup", "ABDEGHIJKLMNOPRTUVW", "ᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂ"],
    ["sub", "0123456789", "₀₁₂₃₄₅₆₇₈₉"],
    ["sub", "+-−–=()", "₊₋₋₋₌₍₎"],
    ["sub", "aehijklmnoprstuvx", "ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ"],
  ])("writes in <%s> each of %s as %s", (name, plain, shifted) => {
    // A letter beside it, for signs alone stay as they are.
    expect(textOf(`x<${name}>${plain}1</${name}>`)).toBe(`x${shifted}${name === "sup" ? "¹" : "₁"}`);
  });

  it.each([
    ...[".", ",", ";", ":", "!", "?", "%", ")", "]", "}", "…", "”", "’", "»", "」", "』", "】", "）"],
    ...["。", "，", "、", "；", "：", "！", "？", "،", "؛", "؟"],
  ])("puts no space between a picture and %s behind it, nor where something was left out", (sign) => {
    expect(textOf(`a <img alt="A">${sign}`)).toBe(`a A${sign}`);
    expect(textOf(`a <del>x</del>${sign}`)).toBe(`a${sign}`);
    expect(textOf(`<img alt="A"> b`)).toBe("A b");
  });

  it.each(["(", "[", "{", "“", "‘", "«", "„", "‚", "「", "『", "【", "（"])(
    "puts no space between %s and a picture behind it, nor where something was left out",
    (sign) => {
      expect(textOf(`a${sign}<img alt="A">`)).toBe(`a${sign}A`);
      expect(textOf(`a ${sign}<del>x</del> b`)).toBe(`a ${sign}b`);
    },
  );

  it.each([
    ...[".", "!", "?", "…", ":", ";", ",", "。", "！", "？", "：", "；", "，", "、", "،", "؛", "؟", "۔", "।"],
    ...['."', ".)", "!”", "?»", "。」", ".)]"],
  ])("needs no other mark between entries behind %s", (end) => {
    expect(textOf(`<ul><li>a${end}</li><li>b</li></ul>`)).toBe(`a${end} b`);
    expect(textOf("<ul><li>a</li><li>b)</li><li>c</li></ul>")).toBe("a · b) · c");
  });

  it.each([
    ["<sup>1</sup>", "¹"],
    ["<sup>1/2</sup>", "^(1/2)"],
    ["<sup>q</sup>", "^q"],
    ["<sub>y</sub>", "_y"],
    ["<sub>yz</sub>", "_(yz)"],
    ["<sup>tm</sup>", "™"],
    ["<sup>sm</sup>", "℠"],
    ["1<sup>ST</sup>2<sup>rd</sup>3<sup>th</sup>4<sup>nd</sup>", "1ST2rd3th4nd"],
    ["a<sup>st</sup>", "aˢᵗ"],
    ["1<sup>stx</sup>", "1ˢᵗˣ"],
    ["1<sup>ères</sup>2<sup>ièmes</sup>", "1ères2ièmes"],
    ["a<sup>[b]</sup>", "a"],
    ["a<sup>[b] c</sup>", "a^([b] c)"],
    ['a<sup><a href="#n">1</a> b</sup>', "a^(1 b)"],
    ['a<sup><a href="x">1</a></sup>', "a¹"],
    ['a<a href="#n">1</a>', "a1"],
    ['a<a href="#n"><sup>1</sup> b</a>', "a¹ b"],
    ["<math altText='' ><mi>x</mi></math>", "x"],
    ["<math><msub><mi>x</mi><mn>2</mn></msub></math>", "x₂"],
    ["<math><msubsup><mi>x</mi><mn>2</mn><mn>3</mn></msubsup></math>", "x₂³"],
    ["<math><msqrt><mi>x</mi><mi>y</mi></msqrt></math>", "√(xy)"],
    ["<math><mfrac><mi>x</mi><mn>2.5</mn></mfrac></math>", "x/2.5"],
    ['a <img> b <img alt=""> c', "a b c"],
    ["<kbd>A</kbd>+<kbd>B</kbd>", "A+B"],
    ["<input> a", "a"],
    ["日本\n語", "日本語"],
    ["日本\n\n語", "日本 語"],
    ["日本 \t\n 語", "日本語"],
    ["日本\nabc", "日本 abc"],
    ["abc\n日本", "abc 日本"],
    ["ひ\nカ\nㄅ\n、\n（x", "ひカㄅ、（x"],
    ["<details open><summary>a</summary>b</details>", "a b"],
  ])("makes of %s: %s", (html, text) => {
    expect(textOf(html)).toBe(text);
  });

  it("changes the marks of quotations with each level", () => {
    expect(textOf("<q>a <q>b <q>c <q>d</q></q></q></q>")).toBe("“a ‘b “c ‘d’”’”");
  });

  it("can leave out pictures", () => {
    expect(plainText(parse('a <img alt="b"> c'), { withoutPictures: true })).toBe("a c");
  });

  const inline = fc.constantFrom("b", "em", "span", "code", "ins", "mark");
  const word = fc.stringMatching(/^[a-z]{1,6}$/);
  const { html: anyHtml } = fc.letrec<{ html: string }>((tie) => ({
    html: fc.oneof(
      { depthSize: "small", withCrossShrink: true },
      word.map((text) => `${text} `),
      fc.tuple(inline, tie("html")).map(([name, inner]) => `<${name}>${inner}</${name}>`),
      fc
        .tuple(fc.constantFrom("p", "div", "blockquote", "ul><li", "table><tr><td", "h2", "details open"), tie("html"))
        .map(([name, inner]) => `<${name}>${inner}</${name.split(/[> ]/, 1)[0]}>`),
      fc.tuple(tie("html"), tie("html")).map((parts) => parts.join("")),
      fc.constantFrom("<br>", "<wbr>", '<img alt="pic">', "<sup>2</sup>", "<sub>q</sub>", "<q>x</q>", "<hr>", "\n\t"),
      fc.constantFrom("<del>gone</del>", "<s>gone</s>", '<sup><a href="#n">gone</a></sup>', "<video>gone</video>"),
    ),
  }));

  it("is one line without space at its ends, and holds nothing that is struck out or not shown", () => {
    fc.assert(
      fc.property(anyHtml, (html) => {
        const text = textOf(html);
        expect(text).not.toMatch(/^\s|\s$|[\t\n\r]| {2}|\p{Cc}/u);
        expect(text).not.toContain("gone");
      }),
    );
  });

  it("never joins words of two blocks, cells or entries, and keeps all words in order", () => {
    fc.assert(
      fc.property(
        fc.array(word, { minLength: 1, maxLength: 8 }),
        fc.constantFrom("p", "li", "td", "div", "h3", "dd"),
        (words, name) => {
          const wrapped = words.map((one) => `<${name}>${one}</${name}>`).join("");
          const html = name === "td" ? `<table><tr>${wrapped}</table>` : wrapped;
          expect(textOf(html).match(/[a-z]+/g)).toEqual(words);
        },
      ),
    );
  });

  it("is the text itself where there are no elements", () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[\p{L}\p{N}\p{P}]{1,8}$/u), { maxLength: 6 }), (words) => {
        const value = words.join(" ");
        expect(plainText({ type: "text", value })).toBe(value);
      }),
    );
  });
});
