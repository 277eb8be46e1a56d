// The apps at an address of their own, where people are: a router behind a line that a test can
// cut.
import { afterAll, beforeAll, inject } from "vitest";
import { staticMountsOf } from "../../local/apps.ts";
import { ofProcess } from "../kit/of-process.ts";
import { type OwnRouter, startOwnRouter } from "../kit/own-router.ts";
import { startProxy, type TcpProxy } from "../kit/proxy.ts";

export interface Site {
  /** The absolute URL of a path of the app, such as `sign-in`. */
  url(path?: string): string;
  /** The portal at the same address. */
  readonly portal: Pick<Site, "url">;
  /** Cuts all connections, and refuses new ones until `mend`. */
  cut(): void;
  /** From now on nothing is answered, and no connection ends. */
  hang(): void;
  mend(): void;
  stopRouter(): Promise<void>;
  /** Starts a router at the same address after `stopRouter`. */
  startRouter(): Promise<void>;
  stop(): Promise<void>;
}

/** Nothing listens here. */
const NOWHERE = "http://127.0.0.1:9";

/**
 * Starts a router in front of the stack's subgraphs, with the apps. Cookies know no ports: sites
 * that shall not share them need other names.
 */
export async function startSite(
  env: Readonly<Record<string, string>> = {},
  hostname: "localhost" | "127.0.0.1" = "localhost",
): Promise<Site> {
  const proxy: TcpProxy = await startProxy(NOWHERE);
  const base = new URL(proxy.url);
  base.hostname = hostname;
  let router: OwnRouter | undefined;
  const startRouter = async () => {
    router = await startOwnRouter({
      PUBLIC_URL: base.origin,
      STATIC_MOUNTS: staticMountsOf(inject("appFolders")),
      ...env,
    });
    proxy.pointTo(router.url);
  };
  await startRouter();
  return {
    url: (path = "") => new URL(`/app/${path}`, base).href,
    portal: { url: (path = "") => new URL(`/admin/${path}`, base).href },
    cut() {
      proxy.refuse(true);
      proxy.cut();
    },
    hang() {
      proxy.hold(true);
      proxy.silence();
    },
    mend() {
      proxy.refuse(false);
      proxy.hold(false);
      // Those that hang would do so for ever.
      proxy.cut();
    },
    async stopRouter() {
      await router?.stop();
      router = undefined;
    },
    startRouter,
    async stop() {
      await proxy.stop();
      await router?.stop();
    },
  };
}

/** A site with these settings for all tests of a file. Files without settings share one. */
export function useSite(env?: Readonly<Record<string, string>>): () => Site {
  let site: Site | undefined;
  beforeAll(async () => {
    site = env ? await startSite(env) : await ofProcess("site", () => startSite());
  });
  afterAll(() => (env ? site?.stop() : site?.mend()));
  return () => {
    if (!site) throw new Error("the site has not started");
    return site;
  };
}
