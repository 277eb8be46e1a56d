// A WebSocket proxy between a client and a router. A test can cut it, silence it without a close,
// or lead it to another router.
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { WebSocket, WebSocketServer } from "ws";

export interface WebSocketProxy {
  /** The URL for clients, `ws:`. */
  readonly url: string;
  /** Forwards nothing more, but keeps both sides open. */
  silence(): void;
  /** Closes all connections. The next one goes to the router at this URL. */
  cut(routerUrl: string): void;
  stop(): Promise<void>;
}

interface ProxyOptions {
  readonly routerUrl: string;
  /** Answers the router's ping messages itself, in place of the client. */
  readonly isAnsweringPings?: boolean;
}

export async function startWebSocketProxy({
  routerUrl,
  isAnsweringPings = false,
}: ProxyOptions): Promise<WebSocketProxy> {
  let target = routerUrl;
  const open = new Set<Relay>();
  const server = new WebSocketServer({
    port: 0,
    host: "127.0.0.1",
    handleProtocols: (offered) => [...offered][0] ?? false,
  });
  await once(server, "listening");
  server.on("connection", (client) => {
    const relay = join(client, target, isAnsweringPings);
    open.add(relay);
    client.on("close", () => open.delete(relay));
  });
  const cut = () => {
    for (const relay of open) relay.cut();
  };
  return {
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}`,
    silence() {
      for (const relay of open) relay.silence();
    },
    cut(next) {
      target = next;
      cut();
    },
    async stop() {
      cut();
      server.close();
      await once(server, "close");
    },
  };
}

interface Relay {
  silence(): void;
  cut(): void;
}

function join(client: WebSocket, routerUrl: string, isAnsweringPings: boolean): Relay {
  const router = new WebSocket(routerUrl.replace(/^http/, "ws"), client.protocol);
  const waiting: string[] = [];
  let isSilent = false;
  const cut = () => {
    client.terminate();
    router.terminate();
  };
  client.on("message", (raw) => {
    if (isSilent) return;
    if (router.readyState === WebSocket.OPEN) router.send(String(raw));
    else waiting.push(String(raw));
  });
  router.on("open", () => {
    for (const text of waiting) router.send(text);
  });
  router.on("message", (raw) => {
    const text = String(raw);
    if (isAnsweringPings && text.startsWith('{"type":"ping"')) {
      router.send(text.replace("ping", "pong"));
    } else if (!isSilent) client.send(text);
  });
  for (const socket of [client, router]) socket.on("close", cut).on("error", cut);
  return {
    silence() {
      isSilent = true;
    },
    cut,
  };
}
