// Only people with an account can receive messages and be added to groups.
import { expect, test } from "vitest";
import { newId } from "../../../kit/data/id.ts";
import { operation } from "../../../schema/operations.ts";
import { setBlock } from "../../kit/blocks.ts";
import { ask, dataOf } from "../../kit/client.ts";
import { aPerson, tokenHolders } from "../../kit/stories.ts";
import { aGroup, aMessage, mutate, read, upTo } from "./harness.ts";

test("a person who has just signed up can receive messages at once", async () => {
  const ada = await aPerson("Ada");
  for (const _ of upTo(5)) {
    const bob = await aPerson("Bob");
    const opened = await mutate("OpenDirectConversation", ada, { userId: bob.id });
    expect(opened.__typename).toBe("OpenDirectConversationSuccess");
  }
  const cy = await aPerson("Cy");
  expect(await aGroup(ada, [cy])).not.toBe("");
});

test("an unknown person gets the same answer as one who blocks the viewer, in words and in time", async () => {
  const [ada, bob] = await Promise.all([aPerson("Ada"), aPerson("Bob")]);
  await setBlock("BlockUser", ada, bob);
  const group = await aGroup(bob, []);
  const attempts: [string, (id: string) => object][] = [
    ["OpenDirectConversation", (userId) => ({ userId })],
    ["CreateGroupConversation", (id) => ({ title: "Two", memberIds: [id] })],
    ["AddMembers", (id) => ({ conversationId: group, userIds: [bob.id, id] })],
  ];
  for (const [name, inputOf] of attempts) {
    const [blocked, unknown] = await Promise.all(
      [ada.id, newId()].map(async (id) => {
        const startedAt = performance.now();
        const input = inputOf(id);
        const { errors = [] } = await ask(operation(name), { input }, { as: bob.token });
        const words = errors.map(({ message }) => message.replaceAll(id, "…"));
        return { words, code: errors[0]?.extensions.code, tookMs: performance.now() - startedAt };
      }),
    );
    expect(blocked?.code).toBe("NOT_FOUND");
    expect({ ...blocked, tookMs: 0 }).toEqual({ ...unknown, tookMs: 0 });
    // Both lookups are repeated for the same time, in case an integration event is on its way.
    for (const each of [blocked, unknown]) expect(each?.tookMs).toBeGreaterThan(700);
  }
});

test("a member who left a group cannot be added again, but a removed one can", async () => {
  const [ada, bob, cy] = await tokenHolders(3);
  const conversationId = await aGroup(ada, [bob, cy]);
  await mutate("LeaveConversation", bob, { conversationId });
  await mutate("RemoveMember", ada, { conversationId, userId: cy.id });
  const both = { conversationId, userIds: [bob.id, cy.id] };
  const data = await dataOf<Record<string, { __typename: string; userIds?: string[] }>>(
    operation("AddMembers"),
    { input: both },
    { as: ada.token },
  );
  expect(data.addMembers).toMatchObject({
    __typename: "MembersHaveLeftProblem",
    userIds: [bob.id],
  });
  expect(await read(cy, conversationId)).toBeNull();
  const back = await mutate("AddMembers", ada, { conversationId, userIds: [cy.id] });
  expect(back.__typename).toBe("AddMembersSuccess");
  await aMessage(cy, conversationId, "back again");
  expect(await read(bob, conversationId)).toBeNull();
});
