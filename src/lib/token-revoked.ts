/** The token of a request was revoked while the request was under way, so nothing was written. */
export class TokenRevoked extends Error {
  override readonly name = "TokenRevoked";
}
