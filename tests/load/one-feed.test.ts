// A thousand clients that watch one conversation at two routers share one feed a router.
import { afterAll, beforeAll, test } from "vitest";
import type { Stack } from "../../local/stack.ts";
import { closeStack, openStack } from "../chaos/stack.ts";
import { expectOneStream } from "../e2e/sharing/expect-one-stream.ts";
import { type SharingRouter, startSharingRouter } from "../e2e/sharing/sharing-router.ts";
import { replicaUrl } from "../kit/subgraph-socket.ts";

let stack: Stack;
let routers: [SharingRouter, SharingRouter];
beforeAll(async () => {
  stack = await openStack({ messaging: 2 }, { isCompiled: true, env: { LOG_LEVEL: "debug" } });
  const at = (replica: number) =>
    startSharingRouter(replicaUrl("messaging", replica), {
      RATE_LIMITS: "off",
      // The test finds its requests by the traces that it sends.
      TRUSTED_PROXIES: "loopback",
    });
  routers = await Promise.all([at(0), at(1)]);
});
afterAll(async () => {
  await Promise.all(routers.map((router) => router.stop()));
  await closeStack(stack, false);
});

test("1,000 clients at two routers share one feed each, and each event is completed once a router", async () => {
  await expectOneStream(routers, 1_000);
});
