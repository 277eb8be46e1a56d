// The client when its access tokens are refused because something was taken from its person: it
// refreshes by itself, and loses no event.
import { expect, test } from "vitest";
import { Me } from "../../../clients/sdk/generated/operations.ts";
import type { ConversationEvent } from "../../../clients/sdk/index.ts";
import { operation } from "../../../schema/operations.ts";
import { dataOf } from "../../kit/client.ts";
import { aPerson } from "../../kit/stories.ts";
import { asAdmin } from "../../security/matrix/world.ts";
import { aGroup, aMessage, upTo } from "../messaging/harness.ts";
import { startClient, startLine } from "./harness.ts";

test("a role that is taken away costs no event, no error and no sign-in", async () => {
  const [ada, bob, boss] = await Promise.all([aPerson("Ada"), aPerson("Bob"), aPerson("Boss")]);
  const group = await aGroup(ada, [bob]);
  const { token: as } = await asAdmin(boss);
  const line = await startLine();
  let refreshes = 0;
  const client = startClient(line, bob, {
    async fetch(_url, init) {
      const response = await fetch(line.router.url, init);
      const text = await response.text();
      if (JSON.parse(text).data?.refreshSession) refreshes += 1;
      return new Response(text, { status: response.status, headers: response.headers });
    },
  });
  const events: ConversationEvent[] = [];
  const ends: unknown[] = [];
  client.streams.conversationEvents(
    group,
    {
      next: (event) => events.push(event),
      resync: () => ends.push("resync"),
      error: (error) => ends.push(error),
      complete: () => ends.push("complete"),
    },
    0,
  );
  let last = 0;
  const say = async (count: number) => {
    for (const _ of upTo(count)) await aMessage(ada, group);
    last += count;
  };
  const arrived = () => expect.poll(() => events.length, { timeout: 20_000 }).toBe(last);
  await say(2);
  await arrived();
  const before = refreshes;
  for (const name of ["GrantRole", "RevokeRole"] as const) {
    const change = dataOf(
      operation(name),
      { input: { userId: bob.id, role: "MODERATOR" } },
      { as },
    );
    await Promise.all([change, say(10)]);
  }
  await say(2);
  await arrived();
  expect(events.map(({ seq }) => seq)).toEqual(upTo(last));
  expect(ends).toEqual([]);
  expect(refreshes).toBe(before + 1);
  expect((await client.run(Me, {})).me?.id).toBe(bob.id);
  // The next raise meets a request, and not a stream.
  await dataOf(operation("GrantRole"), { input: { userId: bob.id, role: "MODERATOR" } }, { as });
  await dataOf(operation("RevokeRole"), { input: { userId: bob.id, role: "MODERATOR" } }, { as });
  const answers = await Promise.all(upTo(20).map(() => client.run(Me, {})));
  expect(new Set(answers.map(({ me }) => me?.id))).toEqual(new Set([bob.id]));
  await say(1);
  await arrived();
  expect(refreshes).toBe(before + 2);
}, 60_000);
