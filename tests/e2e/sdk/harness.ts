// The client against a router that runs documents by id alone, over a line that a test can cut and
// silence. Requests over HTTP do not take that line.
import { onTestFinished } from "vitest";
import { WebSocket } from "ws";
import {
  type Client,
  type ClientOptions,
  createClient,
  createMemoryStore,
} from "../../../clients/sdk/index.ts";
import { type OwnRouter, startOwnRouter } from "../../kit/own-router.ts";
import { startProxy, type TcpProxy } from "../../kit/proxy.ts";
import type { Person } from "../../kit/stories.ts";

export interface Line {
  readonly proxy: TcpProxy;
  readonly router: OwnRouter;
  /** Another router takes the place of the one that runs. */
  restartRouter(): Promise<void>;
}

const ENVIRONMENT = { TRUSTED_DOCUMENTS: "only" };

/** Stops at the end of the test. */
export async function startLine(env: Readonly<Record<string, string>> = {}): Promise<Line> {
  const start = () => startOwnRouter({ ...ENVIRONMENT, ...env });
  let router = await start();
  const proxy = await startProxy(router.url);
  onTestFinished(async () => {
    await proxy.stop();
    await router.stop();
  });
  return {
    proxy,
    get router() {
      return router;
    },
    async restartRouter() {
      const old = router;
      router = await start();
      proxy.pointTo(router.url);
      await old.stop();
    },
  };
}

/** A client of the person, who is signed in on no other. It stops at the end of the test. */
export function startClient(
  line: Line,
  person: Pick<Person, "refreshToken">,
  options: Partial<ClientOptions> = {},
): Client {
  const client = createClient({
    url: new URL("/graphql", line.proxy.url).href,
    fetch: (_url, init) => fetch(line.router.url, init),
    webSocket: WebSocket,
    tokens: createMemoryStore(person.refreshToken),
    // Tests do not wait for pauses that are there for many clients at once.
    random: () => 0.05,
    ...options,
  });
  onTestFinished(() => client.close().catch(() => {}));
  return client;
}
