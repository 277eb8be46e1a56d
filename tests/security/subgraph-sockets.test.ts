// The sockets of subgraphs: only the router may connect, and no operation runs without an identity
// of its own or of connection_init. The streams themselves are tested in tests/e2e/sharing.
import { describe, expect, test } from "vitest";
import { ANONYMOUS } from "../../kit/trust/identity.ts";
import { subgraphNames } from "../../local/project.ts";
import { codeOf, openSocket, type Socket } from "../kit/socket.ts";
import {
  anEvent,
  aRegistration,
  aTokenHolder,
  type Registration,
  tokenHolders,
} from "../kit/stories.ts";
import { replicaUrl } from "../kit/subgraph-socket.ts";
import { identityToken } from "../kit/tokens.ts";
import { BAD, identity, REFUSED, seconds } from "./bad-identities.ts";

const OWN = "subscription { viewerRegistrationUpdated(after: 0) { registration { id } } }";
const [REFUSAL] = REFUSED.errors;
const SIGN_IN = { message: "Sign in to do this.", extensions: { code: "UNAUTHENTICATED" } };

const BAD_VALUES: readonly (readonly [string, () => Promise<unknown>])[] = [
  ...BAD,
  ["null", async () => null],
  ["an identity that is not a string", async () => ({ kind: "anonymous" })],
];
const GREETINGS = subgraphNames().flatMap((subgraph) =>
  BAD_VALUES.map(([how, make]) => ({ subgraph, how, make })),
);
const GIVEN = GREETINGS.filter(({ how }) => how !== "no identity");

async function greet(subgraph: string, token: unknown): Promise<Socket> {
  const socket = await openSocket({ url: `${replicaUrl(subgraph)}/graphql` });
  socket.send({ type: "connection_init", payload: { identity: token } });
  return socket;
}

async function greeted(subgraph: string, token: unknown): Promise<Socket> {
  const socket = await greet(subgraph, token);
  expect((await socket.next()).type).toBe("connection_ack");
  return socket;
}

/** Starts an operation with this id. Without extensions it has no identity. */
function begin(socket: Socket, id: string, extensions?: object, query = OWN): Promise<unknown> {
  socket.send({ id, type: "subscribe", payload: { query, extensions } });
  return socket.next(id);
}

const eventOf = ({ id }: Registration) => ({
  type: "next",
  payload: { data: { viewerRegistrationUpdated: { registration: { id } } } },
});

describe("a socket of a subgraph", () => {
  test.each(GREETINGS)("of $subgraph is closed on $how", async ({ subgraph, make }) => {
    const socket = await greet(subgraph, await make());
    expect(await socket.closed).toEqual({ code: 4403, reason: "Forbidden" });
  });

  test.each(GIVEN)(
    "of $subgraph opens no stream for $how, even after a good connection_init",
    async ({ subgraph, make }) => {
      for (const greeting of [await identityToken(ANONYMOUS), await identity()]) {
        const socket = await greeted(subgraph, greeting);
        const frame = begin(socket, "1", { identity: await make() }, "subscription { __typename }");
        expect(await frame).toMatchObject({ type: "error", payload: [REFUSAL] });
        socket.close();
      }
    },
  );

  test.each(subgraphNames())("of %s runs no query", async (subgraph) => {
    const token = await identity();
    const socket = await greeted(subgraph, token);
    for (const query of ["{ __typename }", "{ _service { sdl } }"]) {
      socket.send({ id: query, type: "subscribe", payload: { query } });
      expect(codeOf(await socket.next(query))).toBe("BAD_REQUEST");
    }
    socket.close();
  });
});

describe("an operation without an identity of its own", () => {
  test("is anonymous if connection_init had none", async () => {
    const socket = await greeted("events", await identityToken(ANONYMOUS));
    expect(await begin(socket, "1")).toMatchObject({ type: "error", payload: [SIGN_IN] });
    socket.close();
  });

  test("has the identity of connection_init, and one with its own token has that one's", async () => {
    const [organizer, ada, bob] = await tokenHolders(3);
    const eventId = await anEvent(organizer.token);
    const hers = await aRegistration(ada.token, eventId);
    const his = await aRegistration(bob.token, eventId);
    const socket = await greeted("events", await identity({ sub: ada.id }));
    const bobs = { identity: await identity({ sub: bob.id }) };
    expect(await begin(socket, "1")).toMatchObject(eventOf(hers));
    expect(await begin(socket, "2", bobs)).toMatchObject(eventOf(his));
    socket.close();
  });

  test("is refused once the token of connection_init has expired, but one with its own token is not", async () => {
    const { id, token } = await aTokenHolder();
    const registration = await aRegistration(token, await anEvent(token));
    const exp = seconds() + 2;
    const socket = await greeted("events", await identity({ sub: id, exp, until: exp * 1000 }));
    expect(await begin(socket, "1")).toMatchObject(eventOf(registration));
    // The stream ends with the token, so this waits for the token to expire.
    expect(await socket.next("1")).toMatchObject({ type: "error" });
    expect(await begin(socket, "2")).toMatchObject({ type: "error", payload: [REFUSAL] });
    const own = { identity: await identity({ sub: id }) };
    expect(await begin(socket, "3", own)).toMatchObject(eventOf(registration));
    socket.close();
  });
});
