import { relative, resolve } from "node:path";

/** An address of a file as it is written below a folder, whatever folder it was written below before. */
const moveFileAddress = (address: string, from: string, to: string): string =>
  address.startsWith("file:") ? `file:${relative(to, resolve(from, address.slice("file:".length)))}` : address;

/** Registries keep tarballs below `-`; other addresses are those of a release, or of somebody's own server. */
const isFromRegistry = (address: string): boolean => /^https?:.*\/feedwright\/-\/[^/]+\.tgz$/.test(address);

/**
 * What package.json in the folder `to` pins of a feedwright that was installed into `from`: its version if it came from a registry,
 * otherwise the address that it came from (`resolved` of npm's lockfile).
 */
export const ownVersion = (version: string, resolved: string | undefined, from: string, to: string): string =>
  resolved === undefined || isFromRegistry(resolved) ? version : moveFileAddress(resolved, from, to);
