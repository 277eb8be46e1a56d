// A store without room on its disk: clients are told that it may pass, and no upload is left.
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Service } from "../../../local/services.ts";
import { withDatabase } from "../../kit/database.ts";
import { startOwnSubgraph } from "../../kit/own-subgraph.ts";
import { BUCKET, CREDENTIALS, startStore, type TestStore } from "../../kit/store.ts";
import { type TokenHolder, tokenHolders } from "../../kit/stories.ts";
import { factsOf } from "../../kit/uploads.ts";
import { aGroup } from "../messaging/harness.ts";
import { askReplica } from "../messaging/replicas.ts";

let store: TestStore;
let messaging: Service;
let ada: TokenHolder;
let group: string;
beforeAll(async () => {
  store = await startStore({ freeBytesMin: Number.MAX_SAFE_INTEGER });
  [ada] = await tokenHolders(1);
  group = await aGroup(ada, []);
  messaging = await startOwnSubgraph("messaging", {
    STORAGE_URL: store.options.url,
    STORAGE_PUBLIC_URL: store.options.url,
    STORAGE_BUCKET: BUCKET,
    STORAGE_REGION: CREDENTIALS.region,
    STORAGE_ACCESS_KEY_ID: CREDENTIALS.accessKeyId,
    STORAGE_SECRET_ACCESS_KEY: CREDENTIALS.secretAccessKey,
  });
});
afterAll(async () => {
  await messaging?.stop();
  await store?.stop();
});

test("an upload that a full disk cannot take may be tried again later, and leaves nothing", async () => {
  const file = factsOf(Buffer.from("plan"), "text/plain");
  const input = { conversationId: group, file };
  const { errors } = await askReplica(messaging, ada.id, ["CreateAttachmentUpload", input]);
  expect(errors).toMatchObject([{ extensions: { code: "SUBGRAPH_UNAVAILABLE" } }]);
  const { rows } = await withDatabase("messaging", (client) =>
    client.query("select id from file where owner_id = $1", [ada.id]),
  );
  expect(rows).toEqual([]);
  expect(await store.files()).toEqual(new Map());
});
