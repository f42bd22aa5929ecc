import { connect, type Socket } from "node:net";

/** What a load generator asks, again and again. */
export interface Order {
  readonly port: number;
  /** Head of an HTTP/1.1 request, with its empty line. */
  readonly request: string;
  /** Anything else is a failure. */
  readonly status: number;
}

/** A kept-alive connection with one request under way at most (no pipelining). */
export interface Connection {
  readonly socket: Socket;
  send(): void;
}

/** Length of the body that follows a head, by its Content-Length. */
const bodyLength = (head: string, status: number): number => {
  const found = Number(head.slice(9, 12));
  if (found !== status) throw new Error(`Expected ${status}, got: ${head.split("\r\n")[0]}`);
  if (status === 304) return 0;
  const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1];
  if (length === undefined) throw new Error("An answer without Content-Length can't be counted.");
  return Number(length);
};

/**
 * Opens a connection that reads answers with as little work as possible: one buffer, no copies of bodies.
 * `onAnswer` is called when an answer is complete.
 */
export const openConnection = (order: Order, onAnswer: (connection: Connection) => void): Connection => {
  const bytes = Buffer.from(order.request, "latin1");
  let head = "";
  let left = 0;
  const read = (length: number, buffer: Uint8Array): void => {
    let got = length;
    if (left === 0) {
      head += Buffer.from(buffer.buffer, buffer.byteOffset, Math.min(length, 4096)).latin1Slice();
      const end = head.indexOf("\r\n\r\n");
      if (end < 0) return;
      got = length - (end + 4);
      left = bodyLength(head.slice(0, end), order.status);
      head = "";
    }
    left -= got;
    if (left < 0) throw new Error("More bytes came than were asked for.");
    if (left === 0) onAnswer(connection);
  };
  const socket = connect({
    port: order.port,
    host: "127.0.0.1",
    noDelay: true,
    onread: {
      buffer: Buffer.allocUnsafe(256 * 1024),
      callback: (length, buffer) => {
        try {
          read(length, buffer);
        } catch (error) {
          socket.destroy(error instanceof Error ? error : new Error(String(error)));
        }
        return true;
      },
    },
  });
  const connection: Connection = { socket, send: () => socket.write(bytes) };
  return connection;
};
