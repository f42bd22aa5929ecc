import type { Format } from "../formats/format.ts";
import type { Feed } from "../model/feed.ts";
import type { Item } from "../model/item.ts";
import { ByteWriter } from "./byte-writer.ts";
import type { Entry, FeedDocument } from "./document.ts";
import { digestOf } from "./edition-etag.ts";
import type { Fragment, Fragments } from "./fragments.ts";

const HEAD_BYTES = 4096;

/** At a guess: marks and attributes, and what UTF-8 adds to the text. */
const expectedBytes = ({ html, summary }: Item, text: Feed["view"]["text"]): number =>
  1024 + (summary.length + (text === "full" ? html.length : 0)) * 1.1;

/** Fragments that follow one another in an earlier document: they are copied in one go. */
interface Run {
  readonly body: Uint8Array;
  readonly start: number;
  end: number;
}

/** Writes the entries of a document, with separators between them, and notes where each lies. */
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

  /** Writes what is to be copied still. */
  flush(): void {
    if (this.#run !== undefined) this.#writer.bytes(this.#run.body.subarray(this.#run.start, this.#run.end));
    this.#run = undefined;
  }

  #separate(): void {
    if (this.entries.length > 0) this.#writer.text(this.#separator);
  }
}

/**
 * Writes a feed in a format: stories that were rendered before are copied, the others rendered, and the head and the
 * departures, which are small, written anew. The same Feed gives the same bytes, whatever `fragments` hold.
 */
export const assemble = (format: Format, feed: Feed, fragments: Fragments): FeedDocument => {
  const { channel, view, items } = feed;
  const kind = `${format.name} ${view.text}`;
  const writer = new ByteWriter(items.reduce((sum, item) => sum + expectedBytes(item, view.text), HEAD_BYTES));
  const headText = format.renderHead(feed);
  writer.text(headText);
  const head = writer.length;
  const into = new EntryWriter(writer, format.separator);
  for (const tombstone of format.tombstonesOf(feed)) into.render([format.renderTombstone(tombstone, channel)]);
  for (const item of items) {
    const fragment = fragments.find(kind, item);
    if (fragment === undefined) into.render(format.renderItem(item, channel, view.text));
    else into.copy(fragment);
  }
  into.flush();
  const end = writer.length;
  writer.text(format.foot);
  const document: FeedDocument = {
    body: writer.written(0),
    digest: digestOf(into.entries.reduce((text, { digest }) => text + digest, `${headText}\n`)),
    entries: into.entries,
    head,
    foot: writer.length - end,
    separator: format.separator,
  };
  fragments.keep(kind, items, document);
  return document;
};
