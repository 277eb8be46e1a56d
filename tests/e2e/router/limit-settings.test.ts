// Limits with other settings than the defaults, on both transports, and their metrics. The defaults
// are tested in tests/security.
import { afterAll, beforeAll, expect, test } from "vitest";
import { codeOf } from "../../kit/socket.ts";
import { type Library, startLibrary } from "./harness.ts";

const LIMITS = {
  depth: 2,
  bodyBytes: 300,
  frameBytes: 400,
  greetingMs: 500,
  socketOperations: 1,
  viewerSubscriptions: 2,
};

let library: Library;
beforeAll(async () => {
  library = await startLibrary({ env: { LIMITS: JSON.stringify(LIMITS) } });
});
afterAll(() => library.stop());

async function refusals(limit: string): Promise<number> {
  const text = await (await fetch(new URL("/metrics", library.router.adminUrl))).text();
  const line = text.split("\n").find((each) => each.startsWith(`${METRIC}{limit="${limit}"}`));
  return Number(line?.split(" ")[1]);
}

const METRIC = "router_limit_refusals_total";

test("the configured limit applies instead of the default, over both transports", async () => {
  const refusal = { code: "OPERATION_TOO_COMPLEX", limit: "depth", received: 3, most: 2 };
  const query = "{ books { author { name } } }";
  const before = library.books.arrivals.length;
  const { status, errors } = await library.ask(query);
  expect([status, errors]).toMatchObject([400, [{ extensions: refusal }]]);
  const socket = await library.connect();
  const id = socket.subscribe(query);
  expect(await socket.next(id)).toMatchObject({
    type: "error",
    payload: [{ extensions: refusal }],
  });
  expect(library.books.arrivals).toHaveLength(before);
  expect(await refusals("depth")).toBe(2);
  expect((await library.ask("{ books { title } }")).errors).toBeUndefined();
  socket.close();
});

test("a body, a frame, a late greeting and an operation beyond a limit are refused and counted", async () => {
  const body = await library.ask(`{ whoAmI } # ${"x".repeat(300)}`);
  expect(body.status).toBe(413);
  const framed = await library.connect();
  framed.send(`"${"x".repeat(400)}"`);
  expect((await framed.closed).code).toBe(1009);
  const silent = await library.openSocket();
  expect((await silent.closed).code).toBe(4408);
  const busy = await library.connect();
  busy.subscribe(`subscription { shelf(name: "busy") { seq } }`);
  await library.shelf("busy").listening(1);
  expect(codeOf(await busy.next(busy.subscribe("{ whoAmI }")))).toBe("RATE_LIMITED");
  busy.close();
  const limits = ["bodyBytes", "frameBytes", "greetingMs", "socketOperations"];
  expect(await Promise.all(limits.map(refusals))).toEqual([1, 1, 1, 1]);
});

test("subscriptions are limited by person over all sockets, and an ended one makes room", async () => {
  const [ada, grace] = [await library.token("ada"), await library.token("grace")];
  const watch = async (as: string) => {
    const socket = await library.connect({ as });
    return { socket, id: socket.subscribe(`subscription { shelf(name: "many") { seq } }`) };
  };
  const [first, ...others] = [await watch(ada), await watch(ada), await watch(grace)];
  await library.shelf("many").listening(3);
  const third = await watch(ada);
  expect(codeOf(await third.socket.next(third.id))).toBe("RATE_LIMITED");
  expect(await refusals("viewerSubscriptions")).toBe(1);
  first.socket.close();
  await library.shelf("many").listening(2);
  const again = await watch(ada);
  await library.shelf("many").listening(3);
  for (const { socket } of [...others, third, again]) socket.close();
});

test("an operation that no limit refused is not counted as refused", async () => {
  expect(await refusals("cost")).toBe(0);
});
