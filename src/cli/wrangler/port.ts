import { once } from "node:events";
import { createServer } from "node:net";
import { CommandError } from "../command.ts";
import { errorCode } from "../files/error-code.ts";

const DEFAULT_PORT = "8787";
const MAX_PORT = 65_535;

/** The addresses of `localhost`. */
const LOOPBACK = ["127.0.0.1", "::1"];

/** Why a server can't listen on a port; undefined if it can, or if this machine has no such address. */
const findObstacle = async (port: number, host: string): Promise<string | undefined> => {
  const server = createServer();
  try {
    server.listen(port, host);
    await once(server, "listening");
  } catch (error) {
    if (errorCode(error) === "EADDRINUSE") return `Port ${port} is in use.`;
    if (errorCode(error) === "EACCES") return `Port ${port} is open to administrators only.`;
    return undefined;
  }
  server.close();
  await once(server, "close");
  return undefined;
};

/** How a command is used that takes a port, and perhaps other options. */
export const portUsage = (command: string, others = ""): string =>
  `Usage: ${command} [-- --port ${DEFAULT_PORT}${others && ` ${others}`}]`;

/** The option `--port`, for `readArguments`. */
export const PORT_OPTION = { port: { type: "string", default: DEFAULT_PORT } } as const;

/**
 * Reads the value of `--port` of a command, such as `npm start`. Throws CommandError if it is not a port, or if no server can listen
 * on it now.
 */
export const readPort = async (value: string, command: string, usage: string): Promise<number> => {
  const port = Number(value);
  if (!Number.isInteger(port) || port < 1 || port > MAX_PORT)
    throw new CommandError(`--port must be from 1 to ${MAX_PORT}. ${usage}`);
  for (const host of LOOPBACK) {
    const obstacle = await findObstacle(port, host);
    if (obstacle !== undefined)
      throw new CommandError(
        `${obstacle} Choose another one: ${command} -- --port ${port < MAX_PORT ? port + 1 : DEFAULT_PORT}`,
      );
  }
  return port;
};
