/** Registries keep tarballs below `-`; other addresses are those of a release, or of somebody's own server. */
const isFromRegistry = (address: string): boolean => /^https?:.*\/feedwright\/-\/[^/]+\.tgz$/.test(address);

/**
 * What a new folder pins of a feedwright that npm installed: its version if it came from a registry, otherwise the address that it
 * came from (`resolved` of npm's lockfile; undefined if that does not say).
 */
export const ownVersion = (version: string, resolved: string | undefined): string =>
  resolved === undefined || isFromRegistry(resolved) ? version : resolved;
