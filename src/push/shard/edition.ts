import { joinBytes } from "../../lib/join-bytes.ts";
import { queryFirst } from "../sql.ts";
import type { TopicEdition } from "../topic-edition.ts";

/** A row holds 2 MB at most. */
const PIECE_BYTES = 1_000_000;

/** Opens the tables of the one edition that a shard delivers: the latest. */
export const openEdition = (sql: SqlStorage) => {
  const clear = (): void => {
    sql.exec("DELETE FROM edition");
    sql.exec("DELETE FROM edition_pieces");
  };
  return {
    /** Deletes the edition. */
    clear,
    /** Returns its entity tag, or undefined if there is none. */
    etag: (): string | undefined => queryFirst<{ etag: string }>(sql, "SELECT etag FROM edition")?.etag,
    /** Puts another edition in its place. */
    replace({ etag, contentType, body }: TopicEdition): void {
      clear();
      sql.exec("INSERT INTO edition (etag, content_type) VALUES (?, ?)", etag, contentType);
      for (let from = 0; from < body.byteLength; from += PIECE_BYTES) {
        sql.exec("INSERT INTO edition_pieces (bytes) VALUES (?)", body.slice(from, from + PIECE_BYTES));
      }
    },
    /** Returns the edition, or undefined if there is none. */
    read(): TopicEdition | undefined {
      const row = queryFirst<{ etag: string; contentType: string }>(
        sql,
        "SELECT etag, content_type AS contentType FROM edition",
      );
      if (row === undefined) return undefined;
      const pieces = sql.exec<{ bytes: ArrayBuffer }>("SELECT bytes FROM edition_pieces ORDER BY number").toArray();
      return { ...row, body: joinBytes(pieces.map(({ bytes }) => new Uint8Array(bytes))) };
    },
  };
};
