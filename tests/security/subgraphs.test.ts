// The ports behind the router, asked directly: a subgraph answers nobody who is not the router,
// whatever is asked and however; and what operators read is on this machine alone.
import { networkInterfaces } from "node:os";
import { generateKeyPair, importJWK, SignJWT } from "jose";
import { beforeAll, describe, expect, test } from "vitest";
import { ANONYMOUS } from "../../kit/identity.ts";
import { subgraphNames } from "../../local/project.ts";
import { codeOf, openSocket } from "../kit/socket.ts";
import { stack } from "../kit/stack.ts";
import { aPerson } from "../kit/stories.ts";
import { accessToken, identityToken } from "../kit/tokens.ts";
import { exchange } from "./wire.ts";

const REFUSED = {
  errors: [
    {
      message: "This service answers the router alone: the identity token is missing or not valid.",
      extensions: { code: "UNAUTHENTICATED" },
    },
  ],
};

interface Claims {
  readonly [name: string]: unknown;
}

/** An identity of an admin like the router's own, but for what is said. */
async function identity(
  claims: Claims = {},
  header: object = {},
  key?: Parameters<SignJWT["sign"]>[0],
) {
  const jwk = JSON.parse(stack().keys.IDENTITY_SIGNING_KEY) as { readonly kid: string };
  const now = Math.floor(Date.now() / 1000);
  const viewer = { kind: "viewer", sub: userId, sid: "s", roles: ["ADMIN"], scopes: ["admin"] };
  const times = { iat: now, exp: now + 60, until: Date.now() + 60_000 };
  const parties = { iss: "meetinity-router", aud: "meetinity-subgraph" };
  return new SignJWT({ ...viewer, ...times, ...parties, ...claims })
    .setProtectedHeader({ alg: "EdDSA", kid: jwk.kid, ...header })
    .sign(key ?? (await importJWK(jwk, "EdDSA")));
}

function publicKeyBytes(): Uint8Array {
  const { keys } = JSON.parse(stack().keys.IDENTITY_KEY_SET) as { keys: { x: string }[] };
  return new Uint8Array(Buffer.from(keys[0]?.x ?? "", "base64url"));
}

let userId = "";
beforeAll(async () => {
  userId = (await aPerson("Ada")).id;
});

const seconds = () => Math.floor(Date.now() / 1000);

const BAD: readonly (readonly [string, () => Promise<string | undefined>])[] = [
  ["no identity", async () => undefined],
  ["an empty one", async () => ""],
  ["an access token", () => accessToken({ userId, roles: ["ADMIN"], scopes: ["admin"] })],
  [
    "a key of somebody's own",
    async () => identity({}, {}, (await generateKeyPair("EdDSA")).privateKey),
  ],
  ["HS256 with the public key", () => identity({}, { alg: "HS256" }, publicKeyBytes())],
  ["no signature", async () => `${(await identity()).split(".").slice(0, 2).join(".")}.`],
  ["an old one", () => identity({ exp: seconds() - 1 })],
  ["one that never ends", () => identity({ exp: undefined })],
  ["another issuer", () => identity({ iss: "meetinity" })],
  ["another audience", () => identity({ aud: "meetinity" })],
  ["an unknown kind", () => identity({ kind: "admin" })],
  ["a viewer of nobody", () => identity({ sub: undefined })],
  ["the good one as a bearer", async () => `Bearer ${await identity()}`],
];

const ASKED = {
  query: "{ __typename }",
  service: "{ _service { sdl } }",
  entities: `{ _entities(representations: [{ __typename: "User", id: "1" }]) { __typename } }`,
  introspection: "{ __schema { types { name } } }",
  "what is no GraphQL": "{",
};

const CASES = subgraphNames().flatMap((subgraph) =>
  Object.entries(ASKED).flatMap(([what, query]) =>
    BAD.map(([how, make]) => ({ subgraph, what, how, query, make })),
  ),
);

const urlsOf = (subgraph: string) => stack().urls.subgraphs[subgraph] ?? [];

async function post(url: string, query: string, token: string | undefined) {
  const response = await fetch(new URL("/graphql", url), {
    method: "POST",
    headers: {
      "content-type": "application/json",
      ...(token !== undefined && { "router-identity": token }),
    },
    body: JSON.stringify({ query }),
  });
  return { status: response.status, body: await response.json() };
}

describe("each replica of a subgraph refuses", () => {
  test.each(CASES)("$subgraph: $what with $how", async ({ subgraph, query, make }) => {
    for (const url of urlsOf(subgraph)) {
      expect(await post(url, query, await make())).toEqual({ status: 401, body: REFUSED });
    }
  });

  test.each(subgraphNames())("%s: the same in the user's own header", async (subgraph) => {
    const [url = ""] = urlsOf(subgraph);
    const head = [`authorization: Bearer ${await identity()}`];
    const body = JSON.stringify({ query: "{ __typename }" });
    const answer = await exchange(`${url}/graphql`, { head, body });
    expect([answer.status, JSON.parse(answer.body)]).toEqual([401, REFUSED]);
  });

  test.each(subgraphNames())(
    "%s: and takes the router's, so that the table could fail",
    async (subgraph) => {
      const [url = ""] = urlsOf(subgraph);
      expect(await post(url, "{ __typename }", await identity())).toEqual({
        status: 200,
        body: { data: { __typename: "Query" } },
      });
      const introspected = await post(url, ASKED.introspection, await identity());
      const refusal = { errors: [{ extensions: { code: "GRAPHQL_VALIDATION_FAILED" } }] };
      expect(introspected).toMatchObject({ status: 400, body: refusal });
    },
  );
});

describe("a socket of a subgraph", () => {
  const GREETINGS = subgraphNames().flatMap((subgraph) =>
    BAD.map(([how, make]) => ({ subgraph, how, make })),
  );

  async function greeted(subgraph: string, identity: string | undefined) {
    const [url = ""] = urlsOf(subgraph);
    const socket = await openSocket({ url: `${url}/graphql` });
    socket.send({ type: "connection_init", payload: { identity } });
    return socket;
  }

  test.each(GREETINGS)("of $subgraph is closed on $how", async ({ subgraph, make }) => {
    const socket = await greeted(subgraph, await make());
    expect(await socket.closed).toEqual({ code: 4403, reason: "Forbidden" });
  });

  test.each(GREETINGS)("of $subgraph opens no stream for $how", async ({ subgraph, make }) => {
    const socket = await greeted(subgraph, await identityToken(ANONYMOUS));
    await socket.next();
    const extensions = { identity: await make() };
    const payload = { query: "subscription { __typename }", extensions };
    socket.send({ id: "1", type: "subscribe", payload });
    const frame = await socket.next("1");
    expect([frame.type, codeOf(frame)]).toEqual(["error", "UNAUTHENTICATED"]);
    socket.close();
  });

  test.each(subgraphNames())("of %s carries no query", async (subgraph) => {
    const token = await identity();
    const socket = await greeted(subgraph, token);
    await socket.next();
    for (const query of ["{ __typename }", "{ _service { sdl } }"]) {
      socket.send({
        id: query,
        type: "subscribe",
        payload: { query, extensions: { identity: token } },
      });
      expect(codeOf(await socket.next(query))).toBe("BAD_REQUEST");
    }
    socket.close();
  });
});

const PATHS: readonly (readonly [string, string, number])[] = [
  ["GET", "/graphql", 404],
  ["GET", "/graphiql", 404],
  ["GET", "/sandbox", 404],
  ["PUT", "/graphql", 404],
  ["GET", "/livez", 200],
  ["GET", "/readyz", 200],
];

describe("beside GraphQL a subgraph tells nothing:", () => {
  test.each(subgraphNames().flatMap((name) => PATHS.map((path) => [name, ...path] as const)))(
    "%s, %s %s is %i",
    async (subgraph, method, path, status) => {
      const response = await fetch(new URL(path, urlsOf(subgraph)[0]), { method });
      expect([response.status, await response.json()]).toMatchObject([
        status,
        status === 200 ? { status: "ok" } : { errors: [{ extensions: { code: "NOT_FOUND" } }] },
      ]);
    },
  );

  test.each(subgraphNames())(
    "%s keeps what it counts to the router, if it tells it",
    async (name) => {
      const response = await fetch(new URL("/metrics", urlsOf(name)[0]));
      const code = name === "users" ? "NOT_FOUND" : "UNAUTHENTICATED";
      const told = { errors: [{ extensions: { code } }] };
      expect(await response.json()).toMatchObject(told);
      expect(response.status).toBe(name === "users" ? 404 : 401);
    },
  );

  test.each(BAD)("users keeps its key set from %s", async (_how, make) => {
    const token = await make();
    const headers: Record<string, string> = token === undefined ? {} : { "router-identity": token };
    const response = await fetch(new URL("/.well-known/jwks.json", urlsOf("users")[0]), {
      headers,
    });
    expect([response.status, await response.json()]).toEqual([401, REFUSED]);
  });
});

describe("the door of operators", () => {
  test.each(["/graphql", "/graphiql", "/sandbox", "/.well-known/jwks.json", "/"])(
    "does not serve %s",
    async (path) => {
      expect((await fetch(new URL(path, stack().urls.admin))).status).toBe(404);
    },
  );

  test("is not at the router's, and answers this machine alone", async () => {
    expect((await fetch(new URL("/metrics", stack().urls.routers[0]))).status).toBe(404);
    expect((await fetch(new URL("/metrics", stack().urls.admin))).status).toBe(200);
    const { port } = new URL(stack().urls.admin);
    const outside = Object.values(networkInterfaces())
      .flat()
      .filter((each) => each && !each.internal && each.family === "IPv4");
    for (const { address = "" } of outside.map((each) => ({ address: each?.address }))) {
      await expect(fetch(`http://${address}:${port}/metrics`)).rejects.toThrow();
    }
  });
});
