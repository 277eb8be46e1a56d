// Orders test files and divides them into shards (`--shard=1/2`), by the times in
// tests/durations.json. The longest files start first, so that all workers end at about the same
// time. Shards take equal times.
import { readFileSync } from "node:fs";
import { relative, sep } from "node:path";
import { BaseSequencer, type TestSpecification } from "vitest/node";
import { projectRoot } from "../local/project.ts";

/** Milliseconds by path. */
type Durations = Readonly<Record<string, number>>;

const durations: Durations = JSON.parse(
  readFileSync(new URL("durations.json", import.meta.url), "utf8"),
);

/** For a file that tests/durations.json does not have. */
const UNKNOWN_MS = 2_000;

export class ByDuration extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return files.toSorted((a, b) => durationOf(b) - durationOf(a));
  }

  override async shard(files: TestSpecification[]): Promise<TestSpecification[]> {
    const { index, count } = this.ctx.config.shard ?? { index: 1, count: 1 };
    return shardsOf(await this.sort(files), count, durationOf)[index - 1] ?? [];
  }
}

function durationOf({ moduleId }: TestSpecification): number {
  return durations[relative(projectRoot, moduleId).split(sep).join("/")] ?? UNKNOWN_MS;
}

/** Adds each file, the longest first, to the shard with the shortest time so far. */
export function shardsOf<File>(
  sorted: readonly File[],
  count: number,
  duration: (file: File) => number,
): File[][] {
  const shards = Array.from({ length: count }, () => ({ ms: 0, files: [] as File[] }));
  for (const file of sorted) {
    const least = shards.reduce((a, b) => (b.ms < a.ms ? b : a));
    least.files.push(file);
    least.ms += duration(file);
  }
  return shards.map(({ files }) => files);
}
