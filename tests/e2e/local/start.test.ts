// `npm start`: the ready line, restarts of killed processes, Ctrl-C, and recovery after kill -9.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdtemp, readdir, readFile, readlink, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { operation } from "../../../schema/operations.ts";
import { ask } from "../../kit/client.ts";

let folder = "";

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "meetinity-start-"));
  // Root's PostgreSQL runs as another user, who has to pass through.
  await chmod(folder, 0o711);
});

afterAll(async () => {
  await Promise.all([...copies.keys()].map((name) => stop(name, "SIGINT")));
  await rm(folder, { recursive: true, force: true });
});

interface Started {
  readonly launcher: ChildProcess;
  readonly graphqlUrl: string;
}

const READY = /^Meetinity is ready at (\S+)$/;

/** The running copies. A start takes long, so tests share them. */
const copies = new Map<string, Promise<Started>>();

/** The copy with its data in `name`. Starts it unless it runs. */
function running(name: string): Promise<Started> {
  const copy = copies.get(name) ?? start(name);
  copies.set(name, copy);
  return copy;
}

/**
 * Starts a copy with its data in `name`, that of "production" with nothing but its environment.
 * Resolves with the URL on its ready line.
 */
async function start(name: string): Promise<Started> {
  const isProduction = name === "production";
  const own = isProduction ? { NODE_ENV: name } : {};
  const env = { ...process.env, PORT: "0", MEETINITY_DATA: join(folder, name), ...own };
  const options = isProduction ? [] : ["--no-demo"];
  const launcher = spawn(process.execPath, ["--import", "tsx", "local/start.ts", ...options], {
    env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const said: string[] = [];
  for await (const line of createInterface({ input: launcher.stdout })) {
    said.push(line);
    const graphqlUrl = READY.exec(line)?.[1];
    if (!graphqlUrl) continue;
    launcher.stdout.resume();
    return { launcher, graphqlUrl };
  }
  throw new Error(`it did not become ready:\n${said.join("\n")}`);
}

async function typename(graphqlUrl: string): Promise<unknown> {
  return (await ask("{ events(first: 1) { __typename } }", {}, { url: graphqlUrl })).data;
}

const ANSWER = { events: { __typename: "EventConnection" } };

/** All processes of a copy, by pid and command: those that name the folder or run in it. */
async function processesOf(name: string): Promise<Map<number, string>> {
  const found = new Map<number, string>();
  const data = join(folder, name);
  for (const pid of (await readdir("/proc")).filter((entry) => /^\d+$/.test(entry))) {
    const read = (file: string) => readFile(`/proc/${pid}/${file}`, "utf8").catch(() => "");
    const [environment, command, cwd] = await Promise.all([
      read("environ"),
      read("cmdline"),
      readlink(`/proc/${pid}/cwd`).catch(() => ""),
    ]);
    if ([environment, command, cwd].some((text) => text.includes(data))) {
      found.set(Number(pid), command.replaceAll("\0", " "));
    }
  }
  return found;
}

/** Returns the exit code of the launcher. */
async function stop(name: string, signal: NodeJS.Signals): Promise<number | null> {
  const { launcher } = await running(name);
  copies.delete(name);
  launcher.kill(signal);
  const [code] = await once(launcher, "exit");
  return code;
}

async function killOne(name: string, part: string): Promise<void> {
  const processes = [...(await processesOf(name))];
  const [pid] = processes.find(([, command]) => command.includes(part)) ?? [];
  if (!pid) throw new Error(`${part} does not run: ${JSON.stringify(processes)}`);
  process.kill(pid, "SIGKILL");
}

const isLinux = process.platform === "linux";

describe("npm start", { timeout: 120_000 }, () => {
  test("runs beside another copy, each at its own address", async () => {
    const [one, production] = await Promise.all([running("one"), running("production")]);
    expect(one.graphqlUrl).not.toBe(production.graphqlUrl);
    expect([await typename(one.graphqlUrl), await typename(production.graphqlUrl)]).toEqual([
      ANSWER,
      ANSWER,
    ]);
  });

  test("has no demo accounts in production, because their password is public", async () => {
    const { graphqlUrl } = await running("production");
    const input = { email: "admin@meetinity.test", password: "correct horse battery staple" };
    expect(await ask(operation("SignIn"), { input }, { url: graphqlUrl })).toMatchObject({
      data: { signIn: { __typename: "InvalidCredentialsProblem" } },
    });
  });

  test("serves the web app at localhost, which it has built", async () => {
    const { graphqlUrl } = await running("one");
    const url = new URL("/app/", graphqlUrl);
    url.hostname = "localhost";
    const page = await (await fetch(url, { headers: { accept: "text/html" } })).text();
    const [, script = ""] = /src="(\/app\/assets\/[^"]+\.js)"/.exec(page) ?? [];
    expect((await fetch(new URL(script, url))).status).toBe(200);
  });

  test.runIf(isLinux)(
    "restarts a killed subgraph, PostgreSQL or Redis at the same address",
    async () => {
      const { graphqlUrl } = await running("one");
      const isWell = () => typename(graphqlUrl);
      await killOne("one", "subgraphs/events");
      await expect.poll(isWell, { timeout: 20_000 }).toEqual(ANSWER);
      await killOne("one", "redis");
      await killOne("one", "postgres");
      await expect.poll(isWell, { timeout: 5_000 }).not.toEqual(ANSWER);
      await expect.poll(isWell, { timeout: 20_000 }).toEqual(ANSWER);
      await expect
        .poll(async () => [...(await processesOf("one")).values()].join("\n"), { timeout: 10_000 })
        .toContain("redis");
    },
  );

  test.runIf(isLinux)(
    "recovers at the next start after kill -9 of its launcher, and leaves no old process",
    async () => {
      await running("production");
      const before = await processesOf("production");
      await stop("production", "SIGKILL");
      const again = await running("production");
      expect(await typename(again.graphqlUrl)).toEqual(ANSWER);
      const after = await processesOf("production");
      expect([...after.keys()].filter((pid) => before.has(pid))).toEqual([]);
    },
  );

  test("leaves nothing running after Ctrl-C, and the other copy still works", async () => {
    const [, production] = await Promise.all([running("one"), running("production")]);
    expect(await stop("one", "SIGINT")).toBe(0);
    expect(await typename(production.graphqlUrl)).toEqual(ANSWER);
    expect(await stop("production", "SIGTERM")).toBe(0);
    for (const name of isLinux ? ["one", "production"] : []) {
      expect(await processesOf(name)).toEqual(new Map());
    }
  });
});
