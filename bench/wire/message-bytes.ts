import { STATUS_CODES } from "node:http";

const encoder = new TextEncoder();

/** Bytes of a response as HTTP/1.1 writes it: status line, headers, empty line, body. Reads the body. */
export const messageBytes = async (response: Response): Promise<number> => {
  const lines = [
    `HTTP/1.1 ${response.status} ${STATUS_CODES[response.status]}`,
    ...Array.from(response.headers, ([name, value]) => `${name}: ${value}`),
  ];
  const head = `${lines.join("\r\n")}\r\n\r\n`;
  return encoder.encode(head).byteLength + (await response.arrayBuffer()).byteLength;
};
