// A whole site with the demo data, in a folder of its own that ends with it: for scripts that look
// at the apps as a visitor does, such as those of pictures and of measurements.
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildApps } from "../../local/apps.ts";
import { untilReady } from "../../local/readiness.ts";
import { DEMO_PASSWORD } from "../../local/seed/people.ts";
import { seed } from "../../local/seed/seed.ts";
import { startStack } from "../../local/stack.ts";

export interface DemoSite {
  /** The absolute URL of a path of the app, such as `events`. */
  url(path?: string): string;
  /** Of all demo accounts. */
  readonly password: string;
  stop(): Promise<void>;
}

/** Needs generated code. Seeding takes some seconds. */
export async function startDemoSite(say: (message: string) => void = () => {}): Promise<DemoSite> {
  const dataDir = await mkdtemp(join(tmpdir(), "meetinity-demo-"));
  await chmod(dataDir, 0o711);
  const stack = await startStack({
    dataDir,
    isDurable: false,
    env: { RATE_LIMITS: "off" },
    apps: () => buildApps({ onProgress: say }),
    onProgress: say,
  });
  const stop = async () => {
    await stack.stop();
    await rm(dataDir, { recursive: true, force: true });
  };
  try {
    await untilReady(stack.urls.routers[0] ?? "");
    say("writing demo data");
    await seed({ graphqlUrl: stack.urls.graphql, stack });
  } catch (error) {
    await stop();
    throw error;
  }
  // The default of PUBLIC_URL, and so the address that the session's cookie is for.
  const base = `http://localhost:${new URL(stack.urls.graphql).port}/app/`;
  return { url: (path = "") => new URL(path, base).href, password: DEMO_PASSWORD, stop };
}
