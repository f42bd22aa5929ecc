import { createServer, type Server } from "node:http";

/** Callbacks on loopback that answer nothing at all, or nothing but the question whether they meant their request. */
export interface HangingCallbacks extends AsyncDisposable {
  /** The address of each server, without a path. */
  readonly urls: readonly string[];
}

/** A callback on loopback that answers all that it is asked and gets, at once. */
export interface GoodCallback extends AsyncDisposable {
  readonly url: string;
  /** Resolves when the next question or delivery arrives. */
  next(method: "GET" | "POST"): Promise<void>;
}

const listen = async (server: Server): Promise<string> => {
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const address = server.address();
  if (typeof address !== "object" || address === null) throw new Error("A server of the benchmark has no port.");
  return `http://127.0.0.1:${address.port}`;
};

const close = (server: Server): void => {
  server.close();
  server.closeAllConnections();
};

const challengeOf = (url = "/"): string | null => new URL(url, "http://localhost").searchParams.get("hub.challenge");

/** Opens so many servers. With `isVerifying` they confirm their requests, and hang when something is delivered. */
export const openHangingCallbacks = async (hosts: number, isVerifying: boolean): Promise<HangingCallbacks> => {
  const servers = Array.from({ length: hosts }, () =>
    createServer((request, response) => {
      if (isVerifying && request.method === "GET") response.end(challengeOf(request.url));
    }),
  );
  return {
    urls: await Promise.all(servers.map(listen)),
    async [Symbol.asyncDispose]() {
      for (const server of servers) close(server);
    },
  };
};

/** Opens a good callback. */
export const openGoodCallback = async (): Promise<GoodCallback> => {
  let waiting: { readonly method: string; readonly resolve: () => void }[] = [];
  const server = createServer((request, response) => {
    request.resume();
    request.on("end", () => {
      response.end(challengeOf(request.url));
      for (const { method, resolve } of waiting) if (method === request.method) resolve();
      waiting = waiting.filter(({ method }) => method !== request.method);
    });
  });
  return {
    url: `${await listen(server)}/good`,
    next: (method) => new Promise((resolve) => waiting.push({ method, resolve })),
    async [Symbol.asyncDispose]() {
      close(server);
    },
  };
};
