/** The style sheet of the pages, and of feeds that a browser shows as XML (Chrome no longer runs XSLT). */
export const styleSheet = `:root { color-scheme: light dark; }
body, rss, feed { font: 1.05rem/1.6 Georgia, "Times New Roman", serif; }
body { margin: 0 auto; max-width: 42rem; padding: 1rem; }
header, footer, .byline, .tags, .feeds, .republish, .attachments, figcaption { font-family: system-ui, sans-serif; font-size: 0.9rem; }
header { border-bottom: 3px double; padding-bottom: 0.5rem; }
header a { color: inherit; font-weight: bold; text-decoration: none; }
footer { border-top: 1px solid; margin-top: 3rem; padding-top: 0.5rem; }
h1, h2 { line-height: 1.2; overflow-wrap: anywhere; }
figure { margin: 1.5rem 0; }
img, video { height: auto; max-width: 100%; }
textarea { box-sizing: border-box; width: 100%; }
pre, table { display: block; overflow-x: auto; }
.byline, figcaption { opacity: 0.8; }
.sr-only { clip-path: inset(50%); height: 1px; overflow: hidden; position: absolute; width: 1px; }
.draft-banner { background: #fd6; border-block-start: 2px solid #850; color: #000; font: 1rem/1.4 system-ui, sans-serif; inset-block-end: 0; inset-inline: 0; margin: 0; padding: 0.5rem; position: fixed; text-align: center; z-index: 1; }

rss, feed { display: block; margin: 0 auto; max-width: 42rem; padding: 1rem; }
channel, item, entry, channel > title, feed > title, item > title, entry > title, description, subtitle, summary, pubDate, published { display: block; }
channel > title, feed > title { font-size: 2rem; font-weight: bold; }
item, entry { border-top: 1px solid; margin-top: 1rem; padding-top: 1rem; }
item > title, entry > title { font-size: 1.3rem; font-weight: bold; }
pubDate, published { font-size: 0.9rem; opacity: 0.8; }
channel > :not(title):not(description):not(item), feed > :not(title):not(subtitle):not(entry),
item > :not(title):not(description):not(pubDate), entry > :not(title):not(summary):not(published) { display: none; }
`;
