// Subscribers of an inbox, as their clients see them.
import { expect, test } from "vitest";
import { newId } from "../../../kit/data/id.ts";
import { connect } from "../../kit/socket.ts";
import { tokenHolders } from "../../kit/stories.ts";
import { aGroup, aMessage } from "./harness.ts";
import {
  conversation,
  marksOf,
  openAtHeads,
  openInbox,
  person,
  receive,
  refusalIn,
} from "./inbox-harness.ts";

test("a position that the client sends wins over its mark, and becomes the mark", async () => {
  const [ada, bob] = await tokenHolders(2);
  const group = await aGroup(ada, [bob]);
  for (const body of ["a", "b", "c"]) await aMessage(ada, group, body);
  const tab = { as: bob.token, subscriberId: newId() };
  const at = (seq: number) => [
    { streamId: conversation(group), seq },
    { streamId: person(bob.id), seq: 1 },
  ];
  const first = await connect(tab);
  await receive(first, openInbox(first, at(0)), 3);
  const received = { [conversation(group)]: 3 };
  await expect.poll(() => marksOf(tab.subscriberId), { timeout: 5_000 }).toMatchObject(received);
  const second = await connect(tab);
  expect((await receive(second, openInbox(second, at(1)), 1)).map(({ seq }) => seq)).toEqual([2]);
  second.close();
  const third = await connect(tab);
  expect((await receive(third, openInbox(third), 1)).map(({ seq }) => seq)).toEqual([2]);
  for (const socket of [first, third]) socket.close();
});

test("the latest connection of a subscriber goes on, and the older one ends with a reason", async () => {
  const [ada, bob] = await tokenHolders(2);
  const group = await aGroup(ada, [bob]);
  const tab = { as: bob.token, subscriberId: newId() };
  const first = await connect(tab);
  const { id } = await openAtHeads(first);
  const second = await connect({ ...tab, router: 1 });
  const { id: again } = await openAtHeads(second);
  await aMessage(ada, group);
  expect(await receive(second, again, 1)).toMatchObject([{ seq: 1 }]);
  await receive(first, id, 1);
  const frame = await first.next(id);
  expect(refusalIn(frame)).toEqual({ code: "CONFLICT", subscriberId: tab.subscriberId });
  await aMessage(ada, group);
  expect(await receive(second, again, 1)).toMatchObject([{ seq: 2 }]);
  for (const socket of [first, second]) socket.close();
});
