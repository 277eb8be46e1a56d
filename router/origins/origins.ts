// Decides which origins of web pages may use the router, and to which host names it answers: once,
// for HTTP and for WebSockets. Both are known when the router listens, because the port may be any.
import { isLoopback } from "#kit/service/targets";

export interface OriginSettings {
  /** Undefined: `http://localhost` at the port that the router listens on. */
  readonly publicUrl: string | undefined;
  readonly corsOrigins: readonly string[];
  readonly host: string;
  readonly isProduction: boolean;
}

export interface Origins {
  /** The origin at which people use us. */
  publicUrl(): string;
  /** The same with `ws:` or `wss:`. */
  socketOrigin(): string;
  /** Whether pages of this origin may use the graph. */
  isAllowed(origin: string): boolean;
  /** Whether pages of this origin are ours, which may use our cookie. */
  isOurs(origin: string): boolean;
  /** Whether a `Host` header can be that of a client that means us. */
  isOurHost(host: string): boolean;
  /** Sets the port. Call it once, before the first request. */
  listensAt(port: number): void;
}

/** The names that a browser on this machine uses for it. */
const LOOPBACK_NAMES = ["localhost", "127.0.0.1", "[::1]"];

export function createOrigins(settings: OriginSettings): Origins {
  const { publicUrl, corsOrigins, host, isProduction } = settings;
  const others = new Set(corsOrigins);
  const known = publicUrl === undefined ? [] : [publicUrl];
  let current = { url: publicUrl ?? "", ours: new Set(known), host: hostnameOf(publicUrl) };
  return {
    publicUrl: () => current.url,
    socketOrigin: () => current.url.replace(/^http/, "ws"),
    isAllowed: (origin) => current.ours.has(origin) || others.has(origin),
    isOurs: (origin) => current.ours.has(origin),
    isOurHost(header) {
      // In production a proxy is in front, which may send any name.
      if (isProduction || !isLoopback(host)) return true;
      const name = hostnameOf(`http://${header}`);
      return name !== null && (isLoopback(name) || name === current.host);
    },
    listensAt(port) {
      const loopback = LOOPBACK_NAMES.map((name) => originOf(name, port));
      const url = publicUrl ?? originOf("localhost", port);
      const ours = new Set([url, ...(isProduction ? [] : loopback)]);
      current = { url, ours, host: hostnameOf(url) };
    },
  };
}

/** Without the port where it is the default one, as browsers write it. */
function originOf(name: string, port: number): string {
  return new URL(`http://${name}:${port}`).origin;
}

function hostnameOf(url: string | undefined): string | null {
  return url !== undefined && URL.canParse(url) ? new URL(url).hostname : null;
}
