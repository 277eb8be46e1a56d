// Finds free ports. Another program can take such a port before it is used: callers retry.
import { randomInt } from "node:crypto";
import type { AddressInfo } from "node:net";
import { createServer } from "node:net";

const PORT_MAX = 65_535;
/** Below the range of ephemeral ports, which outgoing connections use. */
const CHOSEN_MIN = 20_000;
const CHOSEN_MAX = 32_000;
/** Above 1023, the ports that browsers and fetch refuse (Fetch standard, "bad port"). */
const REFUSED_BY_BROWSERS = new Set([
  1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669,
  6679, 6697, 10_080,
]);
const NO_IPV6 = ["EADDRNOTAVAIL", "EAFNOSUPPORT"];

export const isRefusedByBrowsers = (port: number) => REFUSED_BY_BROWSERS.has(port);

/** Any free port. */
export async function freePort(host = "127.0.0.1"): Promise<number> {
  const port = await tryListen(0, host);
  if (port === null)
    throw new Error(`Cannot listen on any port of ${host}. Is it an address of this machine?`);
  return port;
}

/** `count` free ports, chosen at random. */
export async function freePorts(count: number, host?: string): Promise<number[]> {
  const ports = new Set<number>();
  while (ports.size < count) {
    const port = randomInt(CHOSEN_MIN, CHOSEN_MAX);
    if (!ports.has(port) && (await isPortFree(port, host))) ports.add(port);
  }
  return [...ports];
}

/** For 127.0.0.1 and localhost, the port must be free on ::1 too: the router listens on both. */
export async function isPortFree(port: number, host = "127.0.0.1"): Promise<boolean> {
  for (const address of ["127.0.0.1", "localhost"].includes(host) ? ["127.0.0.1", "::1"] : [host]) {
    if ((await tryListen(port, address)) === null) return false;
  }
  return true;
}

/** The first port from `from` upwards that is free together with the one after it. */
export async function firstFreePair(from: number, host?: string): Promise<number> {
  for (let port = from; port < PORT_MAX; port += 1) {
    if ((await isPortFree(port, host)) && (await isPortFree(port + 1, host))) return port;
  }
  throw new Error(`No two neighbouring ports are free from ${from} upwards.`);
}

/**
 * Listens for a moment and returns the port, or null if it is taken. Without IPv6 every port of ::1
 * is free. Throws all other errors.
 */
function tryListen(port: number, host: string): Promise<number | null> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", (error: NodeJS.ErrnoException) => {
      const hasNoIpv6 = host === "::1" && NO_IPV6.includes(error.code ?? "");
      if (error.code === "EADDRINUSE") resolve(null);
      else if (hasNoIpv6) resolve(port);
      else reject(error);
    });
    server.listen({ port, host, exclusive: true }, () => {
      const address = server.address() as AddressInfo;
      server.close(() => resolve(address.port));
    });
  });
}
