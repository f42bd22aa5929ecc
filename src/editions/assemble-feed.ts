import type { Renderer } from "../formats/renderer.ts";
import type { BareFeed } from "../model/feed.ts";
import type { Item } from "../model/item.ts";
import { ByteWriter } from "./byte-writer.ts";
import { digestOf } from "./edition-etag.ts";
import type { Entry, FeedDocument } from "./feed-document.ts";
import type { Fragment, Fragments } from "./fragments.ts";

const HEAD_BYTES = 4096;

/** Estimates the bytes of a rendered story: its text, what UTF-8 and escaping add to that, and markup. */
const expectedBytes = ({ html, summary }: Item, text: BareFeed["view"]["text"]): number =>
  1024 + (summary.length + (text === "full" ? html.length : 0)) * 1.1;

/** Fragments that follow one another in an earlier document, so that one copy takes them all. */
interface Run {
  readonly body: Uint8Array;
  readonly start: number;
  end: number;
}

/** Writes the entries of a document with separators between them, and records where each lies. */
class EntryWriter {
  readonly entries: Entry[] = [];
  readonly #writer: ByteWriter;
  readonly #separator: string;
  #run: Run | undefined;

  constructor(writer: ByteWriter, separator: string) {
    this.#writer = writer;
    this.#separator = separator;
  }

  render(pieces: readonly string[]): void {
    this.flush();
    this.#separate();
    const start = this.#writer.length;
    for (const piece of pieces) this.#writer.text(piece);
    this.entries.push({ start, end: this.#writer.length, digest: digestOf(this.#writer.written(start)) });
  }

  copy({ body, start, end, digest }: Fragment): void {
    if (this.#run?.body !== body || this.#run.end + this.#separator.length !== start) {
      this.flush();
      this.#separate();
      this.#run = { body, start, end };
    }
    this.#run.end = end;
    const shift = this.#writer.length - this.#run.start;
    this.entries.push({ start: start + shift, end: end + shift, digest });
  }

  /** Copies the run that has been collected. */
  flush(): void {
    if (this.#run !== undefined) this.#writer.bytes(this.#run.body.subarray(this.#run.start, this.#run.end));
    this.#run = undefined;
  }

  #separate(): void {
    if (this.entries.length > 0) this.#writer.text(this.#separator);
  }
}

/**
 * Renders a feed in a format. Stories that were rendered before are copied from `fragments`, and the document is added
 * to them; the head and the tombstones are small and always rendered. The same Feed gives the same bytes, whatever
 * `fragments` hold.
 */
export const assemble = (format: Renderer, feed: BareFeed, fragments: Fragments): FeedDocument => {
  const { channel, view, items } = feed;
  // A story without a language of its own has the channel's.
  const kind = `${format.name} ${view.text} ${channel.language}`;
  const writer = new ByteWriter(items.reduce((sum, item) => sum + expectedBytes(item, view.text), HEAD_BYTES));
  const headText = format.renderHead(feed);
  writer.text(headText);
  const head = writer.length;
  const entryWriter = new EntryWriter(writer, format.separator);
  for (const entry of format.renderTombstones(feed)) entryWriter.render([entry]);
  for (const item of items) {
    const fragment = fragments.find(kind, item);
    if (fragment === undefined) entryWriter.render(format.renderItem(item, channel, view.text));
    else entryWriter.copy(fragment);
  }
  entryWriter.flush();
  const end = writer.length;
  writer.text(format.foot);
  const document: FeedDocument = {
    body: writer.written(0),
    digest: digestOf(entryWriter.entries.reduce((text, { digest }) => text + digest, `${headText}\n`)),
    entries: entryWriter.entries,
    head,
    foot: writer.length - end,
    separator: format.separator,
  };
  fragments.add(kind, items, document);
  return document;
};
