// The last use of an invite is given once: two people look at it at two replicas, and both act.
import { afterAll, beforeAll, expect, test } from "vitest";
import { newId } from "../../../kit/data/id.ts";
import type { Context } from "../../../subgraphs/messaging/context.ts";
import { acceptInvite, createInvite } from "../../../subgraphs/messaging/invites/actions.ts";
import { withDatabase } from "../../kit/database.ts";
import { editing } from "../../kit/edited-sql.ts";
import { insertKnownPeople } from "../../kit/stories.ts";
import { aCountedGroup, type CountedReplicas, openCounted } from "./counting.ts";

let counted: CountedReplicas;
beforeAll(async () => {
  counted = await openCounted();
});
afterAll(() => counted.close());

type Edit = (context: Context) => Context;

/** How many people join by an invite for one, when two use it at once, and how often it is used. */
async function race(edit: Edit) {
  const { replicas, own } = counted;
  const group = await aCountedGroup(counted);
  const made = await createInvite(replicas[0].contextFor(group.people[0] ?? ""), {
    ...{ conversationId: group.id, expiresAt: null, usesMax: 1 },
  });
  if (made.kind !== "created") throw new Error(made.kind);
  const joiners = [newId(), newId()];
  await insertKnownPeople(joiners, own.url);
  const joining: Promise<{ readonly kind: string }>[] = [];
  // Uses are counted in a row that the test holds until both have looked and want to act.
  await withDatabase(
    "messaging",
    async (client) => {
      await client.query("begin");
      await client.query("select from invite where id = $1 for update", [made.invite.id]);
      for (const [at, id] of joiners.entries()) {
        const replica = replicas[at] ?? replicas[0];
        joining.push(acceptInvite(edit(replica.contextFor(id)), made.code));
      }
      await untilBothWait();
      await client.query("commit");
    },
    own.url,
  );
  const outcomes = await Promise.all(joining);
  const invite = await replicas[0].database.invite.findUnique({ where: { id: made.invite.id } });
  return { outcomes: outcomes.map(({ kind }) => kind).sort(), uses: invite?.uses };
}

async function untilBothWait(): Promise<void> {
  await withDatabase(
    "messaging",
    async (client) => {
      for (;;) {
        const { rowCount } = await client.query(
          `select from pg_stat_activity
            where datname = current_database() and wait_event_type = 'Lock'`,
        );
        if (rowCount === 2) return;
      }
    },
    counted.own.url,
  );
}

test("two people who use the last place of an invite at two replicas do not both join", async () => {
  expect(await race((context) => context)).toEqual({ outcomes: ["invalid", "joined"], uses: 1 });
});

test("without the lock of the group, both look before one acts, and both would join", async () => {
  const alone = "alter table invite drop constraint invite_uses_check";
  await withDatabase("messaging", (client) => client.query(alone), counted.own.url);
  const unlocked: Edit = (context) => ({
    ...context,
    database: editing(context.database, "for no key update", ""),
  });
  expect(await race(unlocked)).toEqual({ outcomes: ["joined", "joined"], uses: 2 });
});
