// A TCP proxy on loopback that a test can cut, restore at the same address, or point elsewhere. It
// does not read what it forwards.
import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

export interface TcpProxy {
  readonly url: string;
  /** The number of open connections. */
  connections(): number;
  /** The number of connections since the start, refused ones too. */
  arrivals(): number;
  /** Cuts all open connections, or only one, counted from the oldest. */
  cut(which?: number): void;
  /** Forwards nothing more on the open connections, but keeps both sides open. */
  silence(): void;
  /** Accepts new connections and forwards nothing on them, or forwards again on later ones. */
  hold(isHolding: boolean): void;
  /** Refuses new connections, or accepts them again. */
  refuse(isRefusing: boolean): void;
  /** Sends new connections to this URL. */
  pointTo(url: string): void;
  stop(): Promise<void>;
}

/** Starts a proxy in front of the server at `url`. */
export async function startProxy(url: string): Promise<TcpProxy> {
  let target = new URL(url);
  let isRefusing = false;
  let isHolding = false;
  let arrivals = 0;
  const open = new Set<() => void>();
  const silencers = new Set<() => void>();
  const server = createServer((client) => {
    arrivals += 1;
    if (isRefusing) client.destroy();
    else {
      const upstream = connect(Number(target.port), target.hostname);
      join(client, upstream, open);
      const silence = () => {
        for (const socket of [client, upstream]) socket.unpipe().pause();
      };
      silencers.add(silence);
      if (isHolding) silence();
      client.on("close", () => silencers.delete(silence));
    }
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const cut = (which?: number) => {
    for (const [at, each] of [...open].entries()) if (which === undefined || at === which) each();
  };
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    connections: () => open.size,
    arrivals: () => arrivals,
    cut,
    hold(wish) {
      isHolding = wish;
    },
    silence() {
      for (const each of silencers) each();
    },
    refuse(wish) {
      isRefusing = wish;
    },
    pointTo(next) {
      target = new URL(next);
    },
    async stop() {
      server.close();
      cut();
      await once(server, "close");
    },
  };
}

function join(client: Socket, upstream: Socket, open: Set<() => void>): void {
  const end = () => {
    open.delete(end);
    client.destroy();
    upstream.destroy();
  };
  open.add(end);
  for (const socket of [client, upstream]) socket.on("error", end).on("close", end);
  client.pipe(upstream).pipe(client);
}
