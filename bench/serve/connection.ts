import { connect, type Socket } from "node:net";

/** What a load generator requests, again and again. */
export interface LoadTarget {
  readonly port: number;
  /** Head of an HTTP/1.1 request, with its empty line. */
  readonly request: string;
  /** The status that every response must have. */
  readonly status: number;
}

/** A kept-alive connection with one request under way at most (no pipelining). */
export interface Connection {
  readonly socket: Socket;
  readonly sendRequest: () => void;
}

/** Length of the body that follows a head, by its Content-Length. */
const bodyLength = (head: string, expectedStatus: number): number => {
  const status = Number(head.slice(9, 12));
  if (status !== expectedStatus) throw new Error(`Expected ${expectedStatus}, got: ${head.split("\r\n")[0]}`);
  if (status === 304) return 0;
  const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1];
  if (length === undefined) throw new Error("A response has no Content-Length, so its end is not known.");
  return Number(length);
};

/**
 * Opens a connection that reads responses with as little work as possible: one buffer, no copies of bodies.
 * `onResponse` is called when a response is complete.
 */
export const openConnection = (target: LoadTarget, onResponse: (connection: Connection) => void): Connection => {
  const bytes = Buffer.from(target.request, "latin1");
  let head = "";
  let bytesLeft = 0;
  const read = (length: number, buffer: Uint8Array): void => {
    let bodyBytes = length;
    if (bytesLeft === 0) {
      head += Buffer.from(buffer.buffer, buffer.byteOffset, Math.min(length, 4096)).latin1Slice();
      const end = head.indexOf("\r\n\r\n");
      if (end < 0) return;
      bodyBytes = length - (end + 4);
      bytesLeft = bodyLength(head.slice(0, end), target.status);
      head = "";
    }
    bytesLeft -= bodyBytes;
    if (bytesLeft < 0) throw new Error("More bytes came than were requested.");
    if (bytesLeft === 0) onResponse(connection);
  };
  const socket = connect({
    port: target.port,
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
  const connection: Connection = { socket, sendRequest: () => socket.write(bytes) };
  return connection;
};
