// Resolvers know of a client what the router tells in its header, and nothing without it.
import { expect, test } from "vitest";
import { anonymous, openUsers, serve } from "./harness.ts";

test("a request has the client of the router's header, and none without one", async () => {
  const users = await openUsers();
  const served = await serve(users);
  const client = { address: "203.0.113.7", userAgent: "Mozilla/5.0" };
  for (const each of [client, null]) {
    served.client = each;
    expect((await served.ask(anonymous, "{ me { id } }")).data).toEqual({ me: null });
  }
  expect(served.clients).toEqual([client, { address: null, userAgent: null }]);
  await served.stop();
  await users.close();
});
