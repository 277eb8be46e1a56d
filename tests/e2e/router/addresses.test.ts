// Where the router listens: on both addresses of `localhost` with one port; and what is at `/`.
import { once } from "node:events";
import { createServer } from "node:net";
import { networkInterfaces } from "node:os";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { freePort } from "../../../local/ports.ts";
import { connect } from "../../kit/socket.ts";
import { type Library, startLibrary } from "./harness.ts";

const hasIpv6 = Object.values(networkInterfaces()).some((addresses) =>
  addresses?.some(({ address }) => address === "::1"),
);

let library: Library;
beforeAll(async () => {
  library = await startLibrary();
});
afterAll(() => library.stop());

const at = (host: string, url = library.url) => {
  const address = new URL(url);
  address.hostname = host;
  return address.href;
};

async function ask(url: string, query = "{ whoAmI }"): Promise<unknown> {
  const headers = { "content-type": "application/json" };
  const body = JSON.stringify({ query });
  return (await fetch(url, { method: "POST", headers, body })).json();
}

const ANSWER = { data: { whoAmI: "anonymous" } };

describe.runIf(hasIpv6)("the router", () => {
  test.each(["127.0.0.1", "[::1]", "localhost"])(
    "answers and opens sockets at %s",
    async (host) => {
      expect(await ask(at(host))).toEqual(ANSWER);
      const socket = await connect({ url: at(host) });
      expect(await socket.event(socket.subscribe("{ whoAmI }"))).toEqual(ANSWER.data);
      socket.close();
    },
  );

  test("does not start if another program has its port on ::1", async () => {
    const port = await freePort("::1");
    const other = createServer().listen(port, "::1");
    await once(other, "listening");
    const start = startLibrary({ env: { PORT: String(port), ADMIN_PORT: "0" } });
    await expect(start).rejects.toThrow(/EADDRINUSE.*::1/);
    other.close();
  });

  test("answers what runs on both before it has stopped, and nothing after", async () => {
    const own = await startLibrary();
    const release = own.authors.hold(2);
    // Of equal reads only one would be sent on.
    const read = (host: string, id: string) =>
      ask(at(host, own.url), `{ author(id: "${id}") { id } }`);
    const answers = Promise.all([read("127.0.0.1", "4"), read("[::1]", "6")]);
    await expect.poll(() => own.authors.arrivals.length).toBe(2);
    const stopped = own.stop();
    release();
    expect(await answers).toEqual([
      { data: { author: { id: "4" } } },
      { data: { author: { id: "6" } } },
    ]);
    await stopped;
    for (const host of ["127.0.0.1", "[::1]"])
      await expect(fetch(at(host, own.url))).rejects.toThrow();
  });
});

describe("at / there is", () => {
  const pageOf = async (own: Library) =>
    fetch(new URL("/", own.url), { redirect: "manual", headers: { accept: "text/html" } });

  test("a page with every address, which loads nothing", async () => {
    const response = await pageOf(library);
    const text = await response.text();
    const { port } = new URL(library.url);
    for (const path of ["/sandbox", "/graphiql", "/graphql", "/livez", "/readyz"])
      expect(text).toContain(`http://localhost:${port}${path}`);
    expect(text).toContain(`ws://localhost:${port}/graphql`);
    expect(text).toContain(new URL("/metrics", library.router.adminUrl).href);
    expect(response.headers.get("content-security-policy")).toMatch(
      /^default-src 'none'; style-src 'sha256-[^']+'; base-uri 'none'; form-action 'none'; frame-/,
    );
    for (const [, url = ""] of text.matchAll(/href="([^"]+)"/g))
      expect([url, (await fetch(url.replaceAll("&#38;", "&"))).status]).not.toContain(404);
  });

  test("nothing in production, unless an app is served: then the way to it", async () => {
    const production = { NODE_ENV: "production" };
    const bare = await startLibrary({ env: production });
    expect((await pageOf(bare)).status).toBe(404);
    await bare.stop();
    const env = { ...production, STATIC_MOUNTS: "/app=tests/e2e/router/app" };
    const served = await startLibrary({ env });
    const response = await pageOf(served);
    expect([response.status, response.headers.get("location")]).toEqual([302, "/app/"]);
    await served.stop();
  });
});
