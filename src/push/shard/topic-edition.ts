import { joinBytes } from "../../lib/join-bytes.ts";
import type { TopicEdition } from "../rpc.ts";
import { firstOf } from "../sql.ts";

const PIECE_BYTES = 1_000_000;

/** The one edition that a shard delivers: the latest. */
export const openEdition = (sql: SqlStorage) => {
  const clear = (): void => {
    sql.exec("DELETE FROM edition");
    sql.exec("DELETE FROM pieces");
  };
  return {
    clear,
    /** Its entity tag; nothing where there is none. */
    etag: (): string | undefined => firstOf<{ etag: string }>(sql, "SELECT etag FROM edition")?.etag,
    /** Puts another one in its place. */
    replace({ etag, contentType, body }: TopicEdition): void {
      clear();
      sql.exec("INSERT INTO edition (etag, content_type) VALUES (?, ?)", etag, contentType);
      for (let from = 0; from < body.byteLength; from += PIECE_BYTES) {
        sql.exec("INSERT INTO pieces (bytes) VALUES (?)", body.slice(from, from + PIECE_BYTES));
      }
    },
    read(): TopicEdition | undefined {
      const row = firstOf<{ etag: string; type: string }>(sql, "SELECT etag, content_type AS type FROM edition");
      if (row === undefined) return undefined;
      const pieces = sql.exec<{ bytes: ArrayBuffer }>("SELECT bytes FROM pieces ORDER BY number").toArray();
      return {
        etag: row.etag,
        contentType: row.type,
        body: joinBytes(pieces.map(({ bytes }) => new Uint8Array(bytes))),
      };
    },
  };
};
