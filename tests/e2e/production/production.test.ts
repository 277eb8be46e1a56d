// The compiled services, with the commands, the production environment and the production packages
// of the image and docker-compose.yml. It builds no image and starts no container.
import { execFileSync } from "node:child_process";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseEnv } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createDatabases } from "../../../local/databases.ts";
import { startPostgres } from "../../../local/postgres.ts";
import { subgraphNames } from "../../../local/project.ts";
import { untilReady } from "../../../local/readiness.ts";
import { type Undo, undoAll } from "../../../local/undo.ts";
import { operation } from "../../../schema/operations.ts";
import { ask, dataOf } from "../../kit/client.ts";
import { connect } from "../../kit/socket.ts";
import { stack, useStack } from "../../kit/stack.ts";
import { anEvent, aPerson, aRegistration } from "../../kit/stories.ts";
import { type Container, type Containers, openContainers } from "./containers.ts";
import { buildImage, type Image } from "./image.ts";

/** Docker kills a container after this time: `stop_grace_period`. */
const STOP_MS_MAX = 15_000;

const undos: Undo[] = [];
const running = new Map<string, Container>();
let containers: Containers;
let databases: Record<string, string>;

beforeAll(async () => {
  const folder = await mkdtemp(join(tmpdir(), "meetinity-production-"));
  undos.push(() => rm(folder, { recursive: true, force: true }));
  // Root's PostgreSQL runs as another user, which must be able to enter this folder.
  await chmod(folder, 0o711);
  const postgres = await startPostgres({ dataDir: join(folder, "postgres"), isDurable: false });
  undos.push(() => postgres.stop());
  databases = await createDatabases(postgres.adminUrl, subgraphNames());
  const image = await buildImage(join(folder, "app"));
  const secrets = { ...keysOf(image), REDIS_PREFIX: folder };
  const redisUrl = stack().urls.redis;
  const filesFolder = join(folder, "files");
  containers = await openContainers(image, { databases, redisUrl, filesFolder, secrets });
}, 180_000);

/** The `.env` that `npm run keys` prints. */
function keysOf({ folder, entrypoint }: Image): NodeJS.Dict<string> {
  const args = [...entrypoint, "dist/local/keys.js"];
  return parseEnv(execFileSync(process.execPath, args, { cwd: folder, encoding: "utf8" }));
}

afterAll(async () => {
  await Promise.all([...running.values()].map((container) => container.stop()));
  await undoAll(undos);
});

test("migrations are applied, and applying them again changes nothing", async () => {
  const [first, second] = [await containers.run("migrate"), await containers.run("migrate")];
  expect(first).toMatchObject({ code: 0, logs: expect.stringContaining("applying") });
  expect(second).toMatchObject({ code: 0, logs: expect.not.stringContaining("applying") });
});

test("all services become ready and pass the health check of the image", async () => {
  const workers = subgraphNames().map((name) => `${name}-worker`);
  const names = [...subgraphNames(), ...workers, "storage", "router"];
  for (const name of names) running.set(name, containers.start(name));
  for (const [name, { url, logs }] of running) {
    await untilReady(url).catch((error) => expect.fail(`${error}\n${name} logged:\n${logs()}`));
  }
  const healthy = await Promise.all(names.map((name) => containers.isHealthy(name)));
  expect(healthy).toEqual(names.map(() => true));
}, 120_000);

describe("the running deployment", () => {
  beforeAll(() => {
    const url = running.get("router")?.url ?? "";
    const urls = { ...stack().urls, graphql: `${url}/graphql`, routers: [url], databases };
    useStack({ ...stack(), urls });
  });

  test("lets people sign up and register, and sends the organizer an event at once", async () => {
    const [ada, grace] = [await aPerson("Ada"), await aPerson("Grace")];
    const eventId = await anEvent(ada.token);
    const socket = await connect({ as: ada.token });
    const id = socket.subscribe(operation("RegistrationUpdated"), { eventId, after: 0 });
    const { id: registrationId } = await aRegistration(grace.token, eventId);
    expect(await socket.event(id)).toMatchObject({
      registrationUpdated: { registration: { id: registrationId } },
    });
    socket.close();
  });

  test("gets its first admin by the command in docker-compose.yml", async () => {
    const { email, password } = await aPerson("Rosa");
    const granted = await containers.run("users", [
      "dist/subgraphs/users/accounts/roles/grant.js",
      email,
      "ADMIN",
    ]);
    expect(granted).toEqual({ code: 0, logs: `${email} has ADMIN.\n` });
    const { signIn } = await dataOf<{ signIn: { accessToken: string } }>(operation("SignIn"), {
      input: { email, password },
    });
    const { viewer } = await dataOf<{ viewer: unknown }>(
      "{ viewer: me { roles } }",
      {},
      { as: signIn.accessToken },
    );
    expect(viewer).toMatchObject({ roles: expect.arrayContaining(["ADMIN"]) });
  });

  test("serves the web app, to which its own address leads", async () => {
    const url = running.get("router")?.url ?? "";
    const page = await fetch(url, { headers: { accept: "text/html" } });
    expect([page.status, new URL(page.url).pathname]).toEqual([200, "/app/"]);
    const [script = ""] = /\/app\/assets\/[^"]+\.js/.exec(await page.text()) ?? [];
    expect((await fetch(new URL(script, url))).status).toBe(200);
  });

  test("says at the start of a worker that no mail is sent, and shows no mailbox", async () => {
    expect(running.get("users-worker")?.logs()).toContain("SMTP_URL is not set: no mail is sent.");
    const page = await fetch(`${running.get("router")?.url}/mailbox`);
    expect(page.status).toBe(404);
  });

  test("shows no schema and no explorer", async () => {
    const { errors, data } = await ask("{ __schema { queryType { name } } }");
    expect([data ?? null, errors?.length]).toEqual([null, 1]);
    const url = running.get("router")?.url ?? "";
    const pages = await Promise.all(["sandbox", "graphiql"].map((path) => fetch(`${url}/${path}`)));
    expect(pages.map(({ status }) => status)).toEqual([404, 404]);
  });
});

test("each service stops after SIGTERM with exit code 0, and has logged no error", async () => {
  for (const [name, container] of [...running].reverse()) {
    const isLate = new Promise((resolve) => setTimeout(resolve, STOP_MS_MAX, "late").unref());
    expect([name, await Promise.race([container.stop(), isLate])]).toEqual([name, 0]);
    expect(container.logs()).not.toMatch(/"level":"?(?:error|fatal|50|60)/);
    running.delete(name);
  }
}, 90_000);
