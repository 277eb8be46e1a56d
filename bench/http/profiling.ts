// Where our router's CPU goes under each work: a profile as a file, for a viewer of such, and the
// packages and functions that used most, by their own time.
import { once } from "node:events";
import { mkdir, readFile } from "node:fs/promises";
import { join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { ask } from "../measured.ts";
import type { Gateway } from "./gateways.ts";
import { loadOnce, type Measurement } from "./rounds.ts";

const PACKAGES_LISTED = 15;
const FUNCTIONS_LISTED = 30;

/** Waiting, and what the profiler itself does natively. */
const NOT_ITS_WORK = ["(idle)", "dispatch"];

interface CallFrame {
  readonly functionName: string;
  readonly url: string;
  readonly lineNumber: number;
}

interface Profile {
  readonly nodes: readonly { readonly id: number; readonly callFrame: CallFrame }[];
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
}

/** Where profiles are written. */
const FOLDER = resolve(".meetinity", "bench", "profiles");

/** Loads it once unseen and once profiled, and says what was seen. */
export async function profile(ours: Gateway, measurement: Measurement): Promise<string> {
  const { work, keys } = measurement;
  return profiled(ours, `${work.name}-${keys}`, async () => {
    const { count } = await loadOnce(ours, measurement);
    return count;
  });
}

/** Runs a work once unseen and once profiled; it resolves to how many it did of what is counted. */
export async function profiled(
  { child }: Pick<Gateway, "child">,
  title: string,
  run: () => Promise<number>,
): Promise<string> {
  await run();
  await ask({ child }, "profiling");
  const count = await run();
  await mkdir(FOLDER, { recursive: true });
  const file = join(FOLDER, `${title.replaceAll(" ", "-")}.cpuprofile`);
  const written = once(child, "message");
  child.send({ profileFile: file });
  await written;
  const seen = JSON.parse(await readFile(file, "utf8")) as Profile;
  return [
    `\n${title}: ${file}`,
    ...most(seen, count, packageOf).slice(0, PACKAGES_LISTED),
    "",
    ...most(seen, count, functionOf).slice(0, FUNCTIONS_LISTED),
  ].join("\n  ");
}

/** The functions that used most, in µs of each of what is counted. */
function most(
  { nodes, samples, timeDeltas }: Profile,
  requests: number,
  nameOf: (frame: CallFrame) => string,
): string[] {
  const names = new Map(nodes.map(({ id, callFrame }) => [id, nameOf(callFrame)]));
  const own = new Map<string, number>();
  samples.forEach((id, at) => {
    const name = names.get(id) ?? "";
    own.set(name, (own.get(name) ?? 0) + (timeDeltas[at] ?? 0));
  });
  for (const name of NOT_ITS_WORK) own.delete(name);
  const total = [...own.values()].reduce((sum, each) => sum + each, 0);
  return [...own]
    .sort(([, a], [, b]) => b - a)
    .map(([name, micros]) => {
      const share = ((micros / total) * 100).toFixed(1).padStart(5);
      return `${share} % ${(micros / requests).toFixed(1).padStart(7)} µs  ${name}`;
    });
}

function pathOf({ url }: CallFrame): string {
  return url.startsWith("file:") ? relative(process.cwd(), fileURLToPath(url)) : url;
}

function functionOf(frame: CallFrame): string {
  const name = frame.functionName || "(anonymous)";
  return frame.url ? `${name} ${pathOf(frame)}:${frame.lineNumber + 1}` : name;
}

/** Our folders are told apart, and of Node.js what is its own from what has no file. */
function packageOf(frame: CallFrame): string {
  const path = pathOf(frame);
  const installed = /.*node_modules\/(@[^/]+\/[^/]+|[^/]+)/.exec(path)?.[1];
  const own = /^dist\/(.*)\/[^/]*$/.exec(path)?.[1];
  if (installed ?? own) return installed ?? `our ${own}/`;
  return path.startsWith("node:") ? "Node.js in JavaScript" : functionOf(frame);
}
