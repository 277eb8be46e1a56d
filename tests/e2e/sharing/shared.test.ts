// Which subscriptions may be shared, by the answers of the subgraphs at their own ports.
import { beforeEach, expect, test } from "vitest";
import { newId } from "../../../kit/data/id.ts";
import { operation } from "../../../schema/operations.ts";
import { codeOf } from "../../kit/socket.ts";
import { anEvent, type TokenHolder, tokenHolders } from "../../kit/stories.ts";
import { asViewer, connectToSubgraph, payloadOf, replicaUrl } from "../../kit/subgraph-socket.ts";

const CONTROL = { mode: "control" };

let ada: TokenHolder;
let bob: TokenHolder;
beforeEach(async () => {
  [ada, bob] = await tokenHolders(2);
});

test("a subscription that is not shared says so in one frame, and opens nothing", async () => {
  const unshared = {
    messaging: [
      "subscription { inboxEvents { seq } }",
      `subscription { signals(conversationId: "${newId()}") { createdAt } }`,
    ],
    events: ["subscription { viewerRegistrationUpdated { seq } }"],
    matching: ["subscription { matchCreated { seq } }"],
  };
  for (const [subgraph, queries] of Object.entries(unshared)) {
    const socket = await connectToSubgraph(replicaUrl(subgraph));
    for (const query of queries) {
      const id = await socket.subscribe({ query, identity: asViewer(ada.id), live: CONTROL });
      expect(await payloadOf(socket, id)).toEqual({
        data: null,
        extensions: { live: { shareKey: null } },
      });
      expect((await socket.next(id)).type).toBe("complete");
    }
    socket.close();
  }
});

test("an organizer has a control stream of the event's registrations", async () => {
  const socket = await connectToSubgraph(replicaUrl("events", 1));
  const eventId = await anEvent(ada.token);
  const request = {
    query: operation("RegistrationUpdated").replaceAll(/displayName/g, "id"),
    live: CONTROL,
  };
  const variables = { eventId: eventId.toUpperCase(), after: 0 };
  const own = await socket.subscribe({ ...request, variables, identity: asViewer(ada.id) });
  for (const facts of [{ head: 0, more: true }, { more: false }]) {
    expect(await payloadOf(socket, own)).toEqual({
      data: null,
      extensions: { live: { position: 0, shareKey: `event:${eventId}`, ...facts } },
    });
  }
  const others = await socket.subscribe({ ...request, variables, identity: asViewer(bob.id) });
  expect(codeOf(await socket.next(others))).toBe("FORBIDDEN");
  socket.close();
});
