/** Rules for the pages that lead people to feeds: /subscribe, and a feed that a browser navigates to. */
export const subscribeRules = `
main > .feed-address, main > .readers, main > details, main > .page-head, main > .titles { max-width: 46rem; }
.feed-address { display: flex; flex-wrap: wrap; gap: 0.5rem; margin-block-end: 0.8rem; font: 0.95rem/1.5 var(--rest-font); }
.feed-address label { flex-basis: 100%; color: var(--muted); }
.feed-address :is(input, button) { font: inherit; color: inherit; background: var(--raised); border: 1px solid var(--line); border-radius: 4px; padding: 0.5rem 0.8rem; }
.feed-address input { flex: 1 1 16rem; min-width: 0; font-family: ui-monospace, monospace; font-size: 0.86rem; }
.feed-address button { cursor: pointer; }
.feed-address button:hover { border-color: var(--accent); }
.readers { display: flex; flex-wrap: wrap; gap: 0.5rem; list-style: none; margin: 0 0 1.15em; padding: 0; font: 0.95rem/1.5 var(--rest-font); }
.readers a { display: block; border: 1px solid var(--line); border-radius: 2rem; padding: 0.25rem 0.9rem; color: var(--text); text-decoration: none; }
.readers a:hover { border-color: var(--accent); color: var(--accent); }
main > h1 { margin-block-end: 0.9rem; }
main > h2 { margin-block-start: 1.6em; }
main > p { max-width: var(--measure); }
main > details { border-top: 1px solid var(--line); padding-block: 0.7rem; }
main > details > summary { overflow-wrap: anywhere; }
main > details > summary time { color: var(--muted); font: 0.9rem var(--rest-font); margin-inline-start: 0.5rem; }
main > details[open] > summary { margin-block-end: 0.9rem; }
.opml { margin-block-start: 2.5rem; }
`;
