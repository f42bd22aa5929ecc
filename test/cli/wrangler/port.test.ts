import { once } from "node:events";
import { createServer, type Server } from "node:net";
import { beforeAll, describe, expect, it } from "vitest";
import { PORT_OPTION, portUsage, readPort } from "../../../src/cli/wrangler/port.ts";
import { freePort } from "../../end-to-end/workplace.ts";

const read = (value: string) => readPort(value, "npm start", portUsage("npm start"));

let server: Server;
let port: number;

beforeAll(async () => {
  port = await freePort();
  server = createServer().listen(port, "127.0.0.1");
  await once(server, "listening");
});

const close = async (): Promise<void> => {
  server.close();
  await once(server, "close");
};

describe("--port", () => {
  it.each(["0", "65536", "-1", "1.5", "x", ""])("must be a port: not `%s`", async (value) => {
    await expect(read(value)).rejects.toThrow("--port must be from 1 to 65535. Usage: npm start [-- --port 8787]");
  });

  it("must not be in use", async () => {
    await expect(read(String(port))).rejects.toThrow(
      `Port ${port} is in use. Choose another one: npm start -- --port ${port + 1}`,
    );
  });

  it("is the port if nothing listens on it", async () => {
    await close();
    expect(await read(String(port))).toBe(port);
  });

  it("may be the last one, behind which comes the usual one", async () => {
    const last = createServer().listen(65_535, "127.0.0.1");
    await once(last, "listening");
    await expect(read("65535")).rejects.toThrow("Port 65535 is in use. Choose another one: npm start -- --port 8787");
    last.close();
    await once(last, "close");
    expect(await read("65535")).toBe(65_535);
  });

  it("is 8787 if it is not given", async () => {
    const answer = await read(PORT_OPTION.port.default).catch(String);
    expect([8787, "CommandError: Port 8787 is in use. Choose another one: npm start -- --port 8788"]).toContain(answer);
  });

  it("must not be in use on IPv6 alone", async () => {
    const other = createServer().listen(port, "::1");
    await once(other, "listening");
    await expect(read(String(port))).rejects.toThrow(`Port ${port} is in use.`);
    other.close();
    await once(other, "close");
  });
});
