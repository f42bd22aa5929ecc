const encoder = new TextEncoder();

/** Appends text, as UTF-8, and bytes to one buffer that grows. */
export class ByteWriter {
  #bytes: Uint8Array;
  #length = 0;

  /** `expected` is an estimate of the bytes that will be written: a good one saves copying. */
  constructor(expected: number) {
    this.#bytes = new Uint8Array(expected);
  }

  /** Bytes written so far. */
  get length(): number {
    return this.#length;
  }

  /** A view of the bytes between two positions; valid until more is written. */
  written(start: number, end = this.#length): Uint8Array {
    return this.#bytes.subarray(start, end);
  }

  text(text: string): void {
    const { read, written } = encoder.encodeInto(text, this.#bytes.subarray(this.#length));
    this.#length += written;
    if (read === text.length) return;
    const rest = text.slice(read);
    this.#grow(rest.length * 3);
    this.text(rest);
  }

  bytes(bytes: Uint8Array): void {
    if (this.#length + bytes.byteLength > this.#bytes.byteLength) this.#grow(bytes.byteLength);
    this.#bytes.set(bytes, this.#length);
    this.#length += bytes.byteLength;
  }

  #grow(more: number): void {
    const larger = new Uint8Array(Math.max(this.#length + more, this.#bytes.byteLength * 2));
    larger.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = larger;
  }
}
