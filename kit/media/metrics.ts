// Files by what became of them, for Prometheus.
import { MEDIA_KINDS, type MediaResult, REFUSALS } from "#kit/media/results";
import { counter } from "#kit/telemetry/metrics";

const files = counter("media_files_total", "Files that people sent, by kind or refusal.", [
  "result",
]);
const ends = counter("media_process_ends_total", "Ends of the process that reads files.");

for (const result of [...MEDIA_KINDS, ...REFUSALS]) files.inc({ result }, 0);

export function countMedia(result: MediaResult): void {
  files.inc({ result: result.kind === "refused" ? result.reason : result.kind });
}

/** By a crash, or because a file took too much time or memory. */
export function countMediaEnd(): void {
  ends.inc();
}
