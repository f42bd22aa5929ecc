/** Rules for feeds that a browser shows as XML (Chrome no longer runs XSLT). */
export const feedRules = `
rss, feed { display: block; margin: 0 auto; max-width: 42rem; padding: 1rem; font: 1.05rem/1.6 var(--text-font); }
channel, item, entry, channel > title, feed > title, item > title, entry > title, description, subtitle, entry > summary, pubDate, published { display: block; }
channel > title, feed > title { font-size: 2rem; font-weight: bold; }
item, entry { border-top: 1px solid; margin-top: 1rem; padding-top: 1rem; }
item > title, entry > title { font-size: 1.3rem; font-weight: bold; }
pubDate, published { font-size: 0.9rem; opacity: 0.8; }
channel > :not(title):not(description):not(item), feed > :not(title):not(subtitle):not(entry),
item > :not(title):not(description):not(pubDate), entry > :not(title):not(summary):not(published) { display: none; }
`;
