/** Languages whose letters are taller, or have marks above and below: their headlines are set less tightly. */
const LOOSE = "ar fa he hi ja ko ps th ur vi zh".split(" ");

/** The rules of all pages. Directions are logical, so that they hold for scripts that run from right to left. */
export const rules = `*, ::before, ::after { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; scroll-behavior: smooth; }
body { display: flex; flex-direction: column; min-height: 100vh; margin: 0; border-block-start: 4px solid var(--accent); background: var(--background); color: var(--text); font: 1.125rem/1.65 var(--text-font); overflow-wrap: break-word; font-kerning: normal; }
@media (min-width: 48rem) { body { font-size: 1.1875rem; } }
a { color: var(--accent); text-decoration-thickness: 0.06em; text-underline-offset: 0.18em; }
a:hover { text-decoration-thickness: 0.12em; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 3px; border-radius: 2px; }
:root, [lang] { --tight: 1.1; --tracking: -0.018em; }
${LOOSE.map((language) => `:lang(${language})`).join(", ")} { --tight: 1.35; --tracking: 0; }
h1, h2, h3, h4, h5, h6 { font-family: var(--headline-font); line-height: calc(var(--tight) + 0.1); margin: 2.2em 0 0.6em; text-wrap: balance; overflow-wrap: anywhere; }
:is(h2, h3, h4, h5) + :is(h3, h4, h5, h6) { margin-block-start: 1em; }
h1, .lead h2 { line-height: var(--tight); letter-spacing: var(--tracking); }
h1 { font-size: clamp(2rem, 1.5rem + 2.4vw, 3.1rem); margin: 0; }
h2 { font-size: 1.5em; letter-spacing: calc(var(--tracking) / 2); }
h3 { font-size: 1.22em; }
h4, h5, h6 { font-size: 1em; }
h1.long, .lead .long { font-size: clamp(1.6rem, 1.3rem + 1.4vw, 2.3rem); line-height: calc(var(--tight) + 0.05); }
:is(h1, h2, h3):lang(ja) { word-break: auto-phrase; }
@supports (hyphenate-limit-chars: 1) { :is(h1, h2, h3) { hyphens: auto; hyphenate-limit-chars: 14 5 5; } }
p { text-wrap: pretty; }
p, ul, ol, dl, blockquote, pre, table, figure { margin: 0 0 1.15em; }
img, video { height: auto; vertical-align: middle; }
img, video, audio { max-width: 100%; }
video, .picture img { max-height: max(85vh, 28rem); object-fit: contain; }
hr { border: 0; border-top: 1px solid var(--line); margin: 2.5em auto; width: 30%; }
.sr-only { clip-path: inset(50%); height: 1px; overflow: hidden; position: absolute; width: 1px; white-space: nowrap; }
.skip { position: absolute; inset-inline-start: var(--edge); inset-block-start: -6rem; z-index: 1; padding: 0.6rem 1rem; background: var(--background); border: 2px solid; font: 1rem var(--rest-font); }
.skip:focus { inset-block-start: 0.6rem; }

.masthead, .foot, .byline, .kicker, .tags, .feeds, .republish, .attachments, .paging, .neighbours, figcaption { font-family: var(--rest-font); font-size: 0.95rem; line-height: 1.5; }
.masthead, main, .foot { width: min(100% - 2 * var(--edge), var(--wide)); margin-inline: auto; }
.masthead { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: 0.4rem 2rem; padding-block: 1.4rem; }
.brand { font: 700 1.5rem/1.2 var(--headline-font); letter-spacing: var(--tracking); color: var(--text); text-decoration: none; overflow-wrap: anywhere; }
.brand img { display: block; width: auto; max-height: 3rem; max-width: 100%; }
nav ul { display: flex; flex-wrap: wrap; gap: 0 1.5rem; list-style: none; margin: 0; padding: 0; }
nav li { min-width: 0; overflow-wrap: anywhere; }
nav ul a { display: inline-block; padding-block: 0.3rem; color: var(--text); text-decoration: none; }
nav ul a:hover { color: var(--accent); text-decoration: underline; }
nav ul [aria-current] { color: var(--accent); font-weight: 600; }
main { padding-block: clamp(1.5rem, 4vw, 3.2rem) 4rem; border-top: 1px solid var(--line); flex: 1 0 auto; }
.foot { border-top: 1px solid var(--line); padding-block: 2rem 3rem; color: var(--muted); }
.foot nav { margin-block-end: 1rem; }
.foot p { margin: 0 0 0.3rem; max-width: 46rem; }
.foot a, .feeds a { color: inherit; }
.feeds { color: var(--muted); }
.feeds a { margin-inline-end: 0.2em; }

.tagline { font: 1.35rem/1.45 var(--headline-font); color: var(--muted); max-width: 44rem; margin: 0 0 clamp(1.8rem, 4vw, 3rem); text-wrap: balance; }
.page-title, .page-head { margin-block-end: clamp(1.8rem, 4vw, 3rem); }
.page-head h1 ~ p { margin: 0.6rem 0 0; }
.card { min-width: 0; }
.card h2, .card h3 { font-size: 1.32rem; margin: 0 0 0.45rem; }
.card :is(h2, h3) a { color: var(--text); text-decoration: none; }
.card :is(h2, h3) a:hover { color: var(--accent); text-decoration: underline; }
.kicker { color: var(--muted); margin: 0 0 0.4rem; font-size: 0.85rem; font-weight: 600; letter-spacing: 0.02em; }
.kicker a { text-decoration: none; }
.kicker a:hover { text-decoration: underline; }
.summary { margin: 0 0 0.55rem; line-height: 1.55; }
.card .summary { display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 4; overflow: hidden; font-size: 1.02rem; }
.byline { color: var(--muted); margin: 0; }
.byline a { color: inherit; text-decoration: none; }
.byline a:hover { text-decoration: underline; }
.thumbnail { display: block; margin-block-end: 0.95rem; }
.thumbnail img { display: block; width: 100%; aspect-ratio: 16 / 9; object-fit: cover; background: var(--raised); border-radius: 3px; }
.small img { object-fit: scale-down; }
.cards { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 19rem), 1fr)); gap: 2.8rem clamp(1.6rem, 3vw, 2.8rem); }
.cards:not(:has(> :nth-child(3))) { grid-template-columns: repeat(auto-fit, minmax(min(100%, 24rem), 1fr)); }
.cards:has(> :only-child) { max-width: var(--measure); }
.cards > .card { border-top: 1px solid var(--line); padding-block-start: 1.4rem; }
.cards > .card:has(> .thumbnail) { border-top: 0; padding-block-start: 0; }
.card .note { font: 1.15rem/1.55 var(--text-font); letter-spacing: 0; }
.lead { margin-block-end: clamp(2.4rem, 5vw, 4rem); }
.lead .thumbnail img { aspect-ratio: 3 / 2; }
.lead h2 { font-size: clamp(1.9rem, 1.3rem + 2.6vw, 3rem); margin-block-end: 0.8rem; }
.lead .summary { font-size: 1.2rem; -webkit-line-clamp: 6; margin-block-end: 0.9rem; }
@media (min-width: 56rem) {
  .lead:has(> .thumbnail) { display: grid; grid-template-columns: 1.35fr 1fr; gap: clamp(2rem, 4vw, 3.4rem); align-items: center; }
  .lead .thumbnail { margin: 0; }
  .lead:not(:has(> .thumbnail)) { max-width: 52rem; }
}
.paging { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0.5rem 2rem; margin-block-start: 3.5rem; padding-block-start: 1.2rem; border-top: 1px solid var(--line); color: var(--muted); }
.empty { color: var(--muted); }

.story { max-width: var(--measure); margin-inline: auto; }
.story > h1 { margin-block-end: 2rem; }
.story > header { margin-block-end: 2rem; }
.story > header h1 { margin-block-end: 0.9rem; }
.picture { margin: 0 0 2.2rem; }
.picture img { display: block; border-radius: 3px; background: var(--raised); }
@media (min-width: 64rem) { .wide { margin-inline: -7rem; } .wide figcaption { margin-inline: 7rem; } }
figcaption { color: var(--muted); margin-block-start: 0.55rem; }
.text > :first-child { margin-block-start: 0; }
.text figure { margin-block: 1.8em; }
.text img, .text video { border-radius: 3px; }
.text li + li { margin-block-start: 0.3em; }
.text ul, .text ol { padding-inline-start: 1.5em; }
.text blockquote { margin-inline: 0; padding-inline-start: 1.2em; border-inline-start: 3px solid var(--accent); }
:is(.text blockquote, .text li, details) > :last-child { margin-block-end: 0; }
dt { font-weight: 600; }
dd { margin-inline-start: 1.5em; }
:is(code, kbd, samp, pre) { font-family: ui-monospace, "Cascadia Code", "Source Code Pro", Menlo, Consolas, monospace; font-size: 0.86em; }
:is(code, kbd, samp, pre) { direction: ltr; unicode-bidi: isolate; }
code, kbd { -webkit-box-decoration-break: clone; box-decoration-break: clone; background: var(--raised); padding: 0.12em 0.35em; border-radius: 3px; }
pre { background: var(--raised); padding: 1em 1.2em; border-radius: 4px; overflow-x: auto; line-height: 1.5; }
a code { background: none; padding: 0; }
pre code { background: none; padding: 0; font-size: 1em; }
.text table { display: block; overflow-x: auto; border-collapse: collapse; font: 0.95rem/1.45 var(--rest-font); font-variant-numeric: tabular-nums; }
caption { color: var(--muted); text-align: start; }
.text :is(th, td) { padding: 0.5em 0.9em; border-bottom: 1px solid var(--line); text-align: start; vertical-align: top; }
.text th { border-bottom-width: 2px; }
.text section[data-footnotes], .text .footnotes { border-top: 1px solid var(--line); margin-block: 3em 1.6em; padding-block-start: 1.2em; font-size: 0.9em; color: var(--muted); }
.text details { border-block: 1px solid var(--line); padding-block: 0.7em; margin-block-end: 1.15em; }
.text details + details { border-block-start: 0; margin-block-start: -1.15em; }
.text details[open] > summary { margin-block-end: 0.7em; }
summary { cursor: pointer; }
mark { background: color-mix(in srgb, var(--accent) 22%, transparent); color: inherit; }
sup, sub { line-height: 0; }
.story > footer { margin-block-start: 2.6rem; padding-block-start: 1.3rem; border-top: 1px solid var(--line); }
.story > footer p { margin: 0 0 0.7rem; }
.tags a { display: inline-block; max-width: 100%; overflow-wrap: anywhere; padding: 0.15rem 0.75rem; margin-block-end: 0.35rem; border: 1px solid var(--line); border-radius: 2rem; color: var(--text); text-decoration: none; }
.tags a:hover { border-color: var(--accent); color: var(--accent); }
.attachments { list-style: none; padding: 0; margin-block: 2rem 0; }
.attachments li { background: var(--raised); border-radius: 4px; padding: 0.9rem 1.1rem; margin-block-end: 0.8rem; color: var(--muted); }
.attachments p { margin: 0; }
.attachments a { color: var(--text); }
.attachments :is(audio, video) { display: block; width: 100%; margin-block-start: 0.7rem; }
.neighbours { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 15rem), 1fr)); gap: 1.2rem 2rem; max-width: var(--measure); margin: 2.6rem auto 0; padding-block-start: 1.3rem; border-top: 1px solid var(--line); }
.neighbours p { margin: 0; }
.neighbours span { display: block; color: var(--muted); font-size: 0.85rem; }
.neighbours a { color: var(--text); font-weight: 600; text-decoration: none; }
.neighbours a:hover { color: var(--accent); text-decoration: underline; }
.neighbours .next { text-align: end; grid-column-end: -1; }
.further { margin-block-start: 4rem; padding-block-start: 1.8rem; border-top: 1px solid var(--line); }
.further > h2 { margin: 0 0 1.6rem; font-size: 1.3rem; }

.archive { max-width: var(--measure); }
.archive h2 { margin: 2.4rem 0 0.8rem; padding-block-end: 0.4rem; border-bottom: 1px solid var(--line); }
.archive section:first-child h2 { margin-block-start: 0; }
.archive h3 { font-size: 1.05rem; margin: 1.4rem 0 0.5rem; }
.archive h3 a { text-decoration: none; }
.archive h3 a::first-letter { text-transform: uppercase; }
.page-title::first-letter { text-transform: uppercase; }
.titles { list-style: none; padding: 0; margin: 0 0 1.4rem; }
.titles li { padding-block: 0.42rem; line-height: 1.4; }
.titles li > a { display: block; width: fit-content; max-width: 100%; color: var(--text); text-decoration: none; }
.titles li > a:hover { color: var(--accent); text-decoration: underline; }
.titles bdi { color: var(--muted); font: 0.95rem/1.5 var(--rest-font); }
.problem { max-width: var(--measure); }
.problem h1 { margin-block-end: 0.8rem; }
.problem .byline { margin-block-end: 1.2rem; }
textarea { width: 100%; background: var(--raised); color: var(--text); border: 1px solid var(--line); border-radius: 4px; padding: 1rem; font: 0.86rem/1.5 ui-monospace, monospace; }
.draft-banner { position: fixed; inset-block-end: 0; inset-inline: 0; z-index: 1; margin: 0; padding: 0.5rem; border-block-start: 2px solid #850; background: #fd6; color: #000; font: 1rem/1.4 var(--rest-font); text-align: center; }
body:has(.draft-banner) { padding-block-end: 4rem; }

@media (prefers-reduced-motion: reduce) { html { scroll-behavior: auto; } }
@media print {
  :root { --background: #fff; --text: #000; --muted: #444; --accent: #000; color-scheme: light; }
  html { font-size: 10pt; }
  body { border: 0; font-size: 11pt; }
  ::details-content { display: block; content-visibility: visible; }
  .skip, .masthead nav, .foot nav, .feeds, .tags, .paging, .neighbours, .further, .republish, [data-footnote-backref], audio, .attachments audio, video, .attachments video { display: none; }
  .text a[href^="http"]:not(sup a)::after { content: " (" attr(href) ")"; font-size: 0.8em; overflow-wrap: anywhere; }
  .story, .picture { max-width: none; margin-inline: 0; }
  img { max-height: 22cm; object-fit: contain; }
  pre { white-space: pre-wrap; overflow-wrap: anywhere; }
  .text table { display: table; font-size: 8pt; overflow-wrap: anywhere; }
  :is(h1, h2, h3) { break-after: avoid; }
  :is(figure, pre, blockquote, .card) { break-inside: avoid; }
}
`;
