// The facts of a client for a subgraph: address and user agent, from the router alone, with
// mutations that try a credential, over both transports.
import { afterAll, beforeAll, expect, test } from "vitest";
import { CLIENT_HEADER, clientHeader, clientOf } from "../../../kit/trust/client.ts";
import { type AskOptions, type Library, startLibrary } from "./harness.ts";

let library: Library;
beforeAll(async () => {
  library = await startLibrary({ env: { TRUSTED_PROXIES: "loopback" } });
});
afterAll(() => library.stop());

const BORROW = "mutation ($token: String!) { borrow(input: { token: $token }) { token } }";
const RENAME = 'mutation { rename(input: { id: "a", name: "A" }) { name } }';
const BROWSER = { "user-agent": "Mozilla/5.0 (X11)", "x-forwarded-for": "1.1.1.1, 203.0.113.7" };

/** The client in the requests that reached authors while `act` ran; null without the header. */
async function told(act: () => Promise<unknown>) {
  const before = library.authors.arrivals.length;
  await act();
  return library.authors.arrivals
    .slice(before)
    .map(({ headers }) => (headers[CLIENT_HEADER] ? clientOf(headers[CLIENT_HEADER]) : null));
}

const borrow = (headers: AskOptions["headers"] = BROWSER) =>
  library.ask(BORROW, { variables: { token: "t" }, headers });

test("a mutation that tries a credential tells address and user agent", async () => {
  expect(await told(() => borrow())).toEqual([
    { address: "203.0.113.7", userAgent: "Mozilla/5.0 (X11)" },
  ]);
  const ipv6 = { ...BROWSER, "x-forwarded-for": "2001:db8:1:2::9" };
  expect(await told(() => borrow(ipv6))).toMatchObject([{ address: "2001:db8:1:2::/64" }]);
});

test("no other operation tells anything, and no read that follows such a mutation", async () => {
  const ask = (query: string) => () => library.ask(query, { headers: BROWSER });
  expect(await told(ask("{ whoAmI }"))).toEqual([null]);
  expect(await told(ask(RENAME))).toEqual([null]);
  const both = `mutation ($token: String!) { x: borrow(input: { token: $token }) { token }
    rename(input: { id: "a", name: "A" }) { name } }`;
  const variables = { token: "t" };
  const clients = await told(() => library.ask(both, { variables, headers: BROWSER }));
  expect(clients.at(0)).toMatchObject({ address: "203.0.113.7" });
});

test("a client cannot write the header, and long or odd user agents are cleaned", async () => {
  const forged = clientHeader({ address: "8.8.8.8", userAgent: "admin" });
  const headers = { ...BROWSER, [CLIENT_HEADER]: forged };
  expect(await told(() => borrow(headers))).toMatchObject([{ address: "203.0.113.7" }]);
  expect(await told(() => library.ask("{ whoAmI }", { headers }))).toEqual([null]);
  const long = { ...BROWSER, "user-agent": `a\u0085b ${"x".repeat(400)}` };
  const [client] = await told(() => borrow(long));
  expect(client?.userAgent).toBe(`a b ${"x".repeat(296)}`);
});

test("a mutation over a socket tells the client of the upgrade", async () => {
  const socket = await library.connect({ headers: BROWSER });
  const clients = await told(() => socket.event(socket.subscribe(BORROW, { token: "t" })));
  expect(clients).toEqual([{ address: "203.0.113.7", userAgent: "Mozilla/5.0 (X11)" }]);
  socket.close();
});

test("two clients with equal tokens and mutations are two requests, each with its own client", async () => {
  const as = await library.token("ada");
  const variables = { token: "t" };
  const release = library.authors.hold(2);
  const agents = ["one", "two"];
  const clients = await told(async () => {
    const before = library.authors.arrivals.length;
    const answers = agents.map((agent) =>
      library.ask(BORROW, { as, variables, headers: { ...BROWSER, "user-agent": agent } }),
    );
    await expect.poll(() => library.authors.arrivals.length).toBe(before + 2);
    release();
    await Promise.all(answers);
  });
  expect(clients.map((client) => client?.userAgent).sort()).toEqual(agents);
});
