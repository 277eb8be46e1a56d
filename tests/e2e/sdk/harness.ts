// The client against a router that runs documents by id alone, over a line that a test can cut and
// silence. Requests over HTTP do not take that line.
import { onTestFinished } from "vitest";
import { WebSocket } from "ws";
import { ConversationPage } from "../../../clients/sdk/generated/operations.ts";
import {
  type Client,
  type ClientOptions,
  createClient,
  createMemoryStore,
} from "../../../clients/sdk/index.ts";
import { ofProcess } from "../../kit/of-process.ts";
import { type OwnRouter, startOwnRouter } from "../../kit/own-router.ts";
import { startProxy, type TcpProxy } from "../../kit/proxy.ts";
import { aPerson, type Person } from "../../kit/stories.ts";
import { aGroup } from "../messaging/harness.ts";

export interface Line {
  readonly proxy: TcpProxy;
  readonly router: OwnRouter;
  /** Another router takes the place of the one that runs. */
  restartRouter(): Promise<void>;
}

const ENVIRONMENT = { TRUSTED_DOCUMENTS: "only" };

/** For a line whose router is its own, with the usual settings. */
export const OWN = {};

/**
 * A line to a router with these settings, until the end of the test. Lines without settings share a
 * router, which cannot be restarted.
 */
export async function startLine(env?: Readonly<Record<string, string>>): Promise<Line> {
  const start = () => startOwnRouter({ ...ENVIRONMENT, ...env });
  let router = env ? await start() : await ofProcess("router of documents", start);
  const proxy = await startProxy(router.url);
  onTestFinished(async () => {
    await proxy.stop();
    if (env) await router.stop();
  });
  return {
    proxy,
    get router() {
      return router;
    },
    async restartRouter() {
      if (!env) throw new Error("the router is shared: start the line with OWN");
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

/** A line that falls silent is noticed soon. */
export const QUICK = { pingMs: 200, pongMs: 1_000, connectMs: 2_000 };
export const POLL = { timeout: 20_000 };

/** Two people in a group, each with a client on one line. */
export async function twoClients(env?: Readonly<Record<string, string>>) {
  const [ada, bob] = await Promise.all([aPerson("Ada"), aPerson("Bob")]);
  const group = await aGroup(ada, [bob]);
  const line = await startLine(env);
  const clients = [ada, bob].map((person) => startClient(line, person, QUICK));
  await Promise.all(clients.map(({ session }) => session.accessToken()));
  return { ada, bob, group, line, clients: clients as [Client, Client] };
}

/** All messages as the server has them for the client's person. */
export async function allMessages({ run }: Client, id: string) {
  const { conversation } = await run(ConversationPage, { id, last: 100 });
  return conversation?.messages.edges.map(({ node }) => node) ?? [];
}
