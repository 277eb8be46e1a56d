// Listens on 127.0.0.1 and on ::1 with one port: browsers try either for `localhost`, and on a port
// of one alone, `localhost` could be another program.
import { once } from "node:events";
import type { AddressInfo, Socket } from "node:net";
import { createServer } from "node:net";
import type { FastifyInstance } from "fastify";
import type { Log } from "#kit/service/logger";

/** Connections that may wait to be accepted, when many clients reconnect at once. */
const BACKLOG = 4_096;
const IPV4 = "127.0.0.1";
const IPV6 = "::1";
/** This machine has no IPv6. */
const NO_IPV6 = ["EADDRNOTAVAIL", "EAFNOSUPPORT"];

export interface Listening {
  /** With the IPv4 address. */
  readonly url: string;
  /** Accepts no more, and resolves when all connections have ended. */
  close(): Promise<void>;
}

interface ListenOptions {
  readonly host: string;
  /** 0 is any free one. */
  readonly port: number;
  readonly log: Log;
  /** Called before the first request. */
  onPort(port: number): void;
}

/**
 * Resolves when `app` listens at `host`, and for 127.0.0.1 or localhost at ::1 too. Rejects if a
 * fixed port is taken on either.
 */
export async function listen(
  app: FastifyInstance,
  { host, port, log, onPort }: ListenOptions,
): Promise<Listening> {
  const isLocalhost = host === IPV4 || host === "localhost";
  const url = await app.listen({ host: isLocalhost ? IPV4 : host, port, backlog: BACKLOG });
  const own = (app.server.address() as AddressInfo).port;
  onPort(own);
  let stop = async () => {};
  if (isLocalhost) {
    try {
      stop = await listenToo(app, own);
    } catch (error) {
      const code = error instanceof Error && "code" in error ? String(error.code) : "";
      if (!NO_IPV6.includes(code) && port !== 0) {
        await app.close();
        throw error;
      }
      log.info({ err: error }, "listening on IPv4 only");
    }
  }
  return {
    url,
    async close() {
      await Promise.all([app.close(), stop()]);
    },
  };
}

/** Passes connections to ::1 on to the server of `app`. Returns what stops that. */
async function listenToo(app: FastifyInstance, port: number): Promise<() => Promise<void>> {
  const server = createServer({ noDelay: true }, (socket: Socket) => {
    app.server.emit("connection", socket);
  });
  server.listen({ host: IPV6, port, backlog: BACKLOG });
  await once(server, "listening");
  return () => new Promise((resolve) => server.close(() => resolve()));
}
