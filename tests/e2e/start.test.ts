// `npm start` as a newcomer runs it: the ready line, restarts, Ctrl-C, and what a kill -9 leaves
// behind.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdtemp, readdir, readFile, readlink, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterAll, beforeAll, expect, test } from "vitest";

let folder = "";

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "meetinity-start-"));
  // Root's PostgreSQL runs as another user, who has to pass through.
  await chmod(folder, 0o711);
});

afterAll(() => rm(folder, { recursive: true, force: true }));

interface Started {
  readonly launcher: ChildProcess;
  readonly graphqlUrl: string;
}

const READY = /^Meetinity is ready at (\S+)$/;

/** Starts a copy with its data in `name` and resolves with the address on its ready line. */
async function start(name: string): Promise<Started> {
  const env = { ...process.env, PORT: "0", MEETINITY_DATA: join(folder, name) };
  const launcher = spawn(process.execPath, ["--import", "tsx", "local/start.ts", "--no-demo"], {
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
  const query = "{ events(first: 1) { __typename } }";
  const response = await fetch(graphqlUrl, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ query }),
  });
  return response.json();
}

const ANSWER = { data: { events: { __typename: "EventConnection" } } };

/**
 * Processes that name the folder or work in it: everything that a copy started, by pid
 * and command.
 */
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

async function stop({ launcher }: Started, signal: NodeJS.Signals): Promise<number | null> {
  launcher.kill(signal);
  const [code] = await once(launcher, "exit");
  return code;
}

const isLinux = process.platform === "linux";

test("two copies run side by side, and Ctrl-C leaves nothing of either running", async () => {
  const [one, two] = await Promise.all([start("one"), start("two")]);
  expect(one.graphqlUrl).not.toBe(two.graphqlUrl);
  expect(await Promise.all([typename(one.graphqlUrl), typename(two.graphqlUrl)])).toEqual([
    ANSWER,
    ANSWER,
  ]);
  expect(await stop(one, "SIGINT")).toBe(0);
  expect(await typename(two.graphqlUrl)).toEqual(ANSWER);
  expect(await stop(two, "SIGTERM")).toBe(0);
  for (const name of isLinux ? ["one", "two"] : []) {
    expect(await processesOf(name)).toEqual(new Map());
  }
}, 120_000);

async function killOne(name: string, part: string): Promise<void> {
  const processes = [...(await processesOf(name))];
  const [pid] = processes.find(([, command]) => command.includes(part)) ?? [];
  if (!pid) throw new Error(`${part} does not run: ${JSON.stringify(processes)}`);
  process.kill(pid, "SIGKILL");
}

test.runIf(isLinux)(
  "a subgraph, the database or Redis that is killed comes back where it was",
  async () => {
    const started = await start("one");
    const isWell = () => typename(started.graphqlUrl);
    await killOne("one", "subgraphs/events");
    await expect.poll(isWell, { timeout: 20_000 }).toEqual(ANSWER);
    await killOne("one", "redis");
    await killOne("one", "postgres");
    await expect.poll(isWell, { timeout: 5_000 }).not.toEqual(ANSWER);
    await expect.poll(isWell, { timeout: 20_000 }).toEqual(ANSWER);
    await expect
      .poll(async () => [...(await processesOf("one")).values()].join("\n"), { timeout: 10_000 })
      .toContain("redis");
    expect(await stop(started, "SIGINT")).toBe(0);
    expect(await processesOf("one")).toEqual(new Map());
  },
  120_000,
);

test.runIf(isLinux)(
  "after a kill -9 of the launcher the next start recovers, and leaves nothing of the last",
  async () => {
    const killed = await start("one");
    const before = await processesOf("one");
    await stop(killed, "SIGKILL");
    const again = await start("one");
    expect(await typename(again.graphqlUrl)).toEqual(ANSWER);
    const after = await processesOf("one");
    expect([...after.keys()].filter((pid) => before.has(pid))).toEqual([]);
    expect(await stop(again, "SIGINT")).toBe(0);
    expect(await processesOf("one")).toEqual(new Map());
  },
  120_000,
);
