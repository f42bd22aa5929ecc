import type { Announced } from "./stubs.ts";

const PIECE_BYTES = 1_000_000;

const join = (pieces: readonly Uint8Array[]): Uint8Array => {
  const body = new Uint8Array(pieces.reduce((sum, { byteLength }) => sum + byteLength, 0));
  let at = 0;
  for (const piece of pieces) {
    body.set(piece, at);
    at += piece.byteLength;
  }
  return body;
};

/** The one edition that a shard delivers: the latest. */
export const openEditions = (sql: SqlStorage) => {
  const clear = (): void => {
    sql.exec("DELETE FROM edition");
    sql.exec("DELETE FROM pieces");
  };
  return {
    clear,
    /** Its tag; nothing where there is none. */
    tag: (): string | undefined => sql.exec<{ etag: string }>("SELECT etag FROM edition").toArray()[0]?.etag,
    /** Puts another one in its place. */
    replace({ etag, contentType, body }: Announced): void {
      clear();
      sql.exec("INSERT INTO edition (etag, content_type) VALUES (?, ?)", etag, contentType);
      for (let from = 0; from < body.byteLength; from += PIECE_BYTES) {
        sql.exec("INSERT INTO pieces (bytes) VALUES (?)", body.slice(from, from + PIECE_BYTES));
      }
    },
    read(): Announced | undefined {
      const [row] = sql
        .exec<{ etag: string; type: string }>("SELECT etag, content_type AS type FROM edition")
        .toArray();
      if (row === undefined) return undefined;
      const pieces = sql.exec<{ bytes: ArrayBuffer }>("SELECT bytes FROM pieces ORDER BY number").toArray();
      return { etag: row.etag, contentType: row.type, body: join(pieces.map(({ bytes }) => new Uint8Array(bytes))) };
    },
  };
};
