// Where our router's CPU goes under each work: a profile as a file, for a viewer of such, and the
// functions that used most, by their own time.
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { ask } from "../measured.ts";
import type { Gateway } from "./gateways.ts";
import { loadOnce, type Measurement } from "./rounds.ts";

const LISTED = 25;

interface Profile {
  readonly nodes: readonly {
    readonly id: number;
    readonly callFrame: {
      readonly functionName: string;
      readonly url: string;
      readonly lineNumber: number;
    };
  }[];
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
}

/** Loads it once unseen and once profiled, and says what was seen. */
export async function profile(
  ours: Gateway,
  measurement: Measurement,
  folder: string,
): Promise<string> {
  await loadOnce(ours, measurement);
  await ask(ours, "profiling");
  const { count, seconds } = await loadOnce(ours, measurement);
  const file = join(folder, `${measurement.work.name}-${measurement.keys}.cpuprofile`);
  const written = once(ours.child, "message");
  ours.child.send({ profileFile: file });
  await written;
  const rate = Math.round(count / seconds);
  const title = `${measurement.work.name}, ${measurement.keys} keys: ${rate} requests/s while profiled`;
  const profile = JSON.parse(await readFile(file, "utf8")) as Profile;
  return [title, file, ...hottest(profile, count)].join("\n  ");
}

/** By place in the code, in µs of each request. */
function hottest({ nodes, samples, timeDeltas }: Profile, requests: number): string[] {
  const places = new Map(nodes.map(({ id, callFrame }) => [id, placeOf(callFrame)]));
  const own = new Map<string, number>();
  samples.forEach((id, at) => {
    const place = places.get(id) ?? "";
    own.set(place, (own.get(place) ?? 0) + (timeDeltas[at] ?? 0));
  });
  own.delete("(idle)");
  const total = [...own.values()].reduce((sum, each) => sum + each, 0);
  return [...own]
    .sort(([, a], [, b]) => b - a)
    .slice(0, LISTED)
    .map(([place, micros]) => {
      const share = ((micros / total) * 100).toFixed(1).padStart(5);
      return `${share} % ${(micros / requests).toFixed(1).padStart(7)} µs ${place}`;
    });
}

function placeOf({ functionName, url, lineNumber }: Profile["nodes"][number]["callFrame"]): string {
  const path = url.startsWith("file:") ? relative(process.cwd(), fileURLToPath(url)) : url;
  const name = functionName || "(anonymous)";
  return path ? `${name} ${path}:${lineNumber + 1}` : name;
}
