// Every code with which the router closes a socket, caused and read by a client. What happens
// between connection_ack and the close is in order.test.ts.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { CLOSINGS } from "../../../router/subscriptions/closings.ts";
import { type Library, startLibrary } from "../router/harness.ts";
import { CASES, type Router } from "./closings.ts";
import { connectWire, subscribe } from "./raw-socket.ts";

const limits = (some: object) => ({ LIMITS: JSON.stringify(some) });
const ENVIRONMENTS: Readonly<Record<Router, Readonly<Record<string, string>>>> = {
  usual: {},
  strict: {
    ...limits({ greetingMs: 400 }),
    RATE_LIMITS: JSON.stringify({ framesBySocket: { burst: 20, perMinute: 1 } }),
  },
  impatient: limits({ silenceMs: 400 }),
  keyless: { ACCESS_TOKEN_JWKS_URL: "http://127.0.0.1:1/.well-known/jwks.json" },
  doomed: {},
};

const libraries = new Map<Router, Library>();
beforeAll(async () => {
  const start = async (name: Router, env: Readonly<Record<string, string>>) =>
    libraries.set(name, await startLibrary({ env }));
  await Promise.all(Object.entries(ENVIRONMENTS).map(([name, env]) => start(name as Router, env)));
});
afterAll(() => {
  // Its own case has stopped it.
  libraries.delete("doomed");
  return Promise.all([...libraries.values()].map((library) => library.stop()));
});

function libraryOf(name: Router): Library {
  const library = libraries.get(name);
  if (!library) throw new Error(`there is no router ${name}`);
  return library;
}

describe("a client that", () => {
  test.each(CASES.map((each) => [each.does, each.closed.code, each] as const))(
    "%s reads %i",
    async (_does, _code, { at, closed, provoke }) => {
      const wire = await provoke(libraryOf(at));
      expect(await wire.closed).toEqual(closed);
    },
  );
});

test("every close code of the router is in the table, except the one for its own bugs", () => {
  const provoked = new Set(CASES.map(({ closed }) => JSON.stringify(closed)));
  const missing = Object.entries(CLOSINGS).filter(
    ([, each]) => !provoked.has(JSON.stringify(each)),
  );
  expect(missing.map(([name]) => name)).toEqual(["broken"]);
});

test("a closed socket has ended its streams before its client answers", async () => {
  const library = libraryOf("usual");
  const shelf = library.shelf("let go");
  const wire = await connectWire(library.url);
  wire.say(subscribe("1", `subscription { shelf(name: "let go") { seq } }`));
  await shelf.listening(1);
  const readOn = wire.pause();
  wire.say("nonsense");
  await shelf.listening(0);
  readOn();
  expect(await wire.closed).toEqual(CLOSINGS.invalidMessage);
});
