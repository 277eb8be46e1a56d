// 1,000 listeners read one voice note by ranges at once: from the embedded store, which checks a
// signature for each range, and from a bare Node.js server in the same run. Prints the ratio of
// their times, their most memory, and whether all bytes were right. It is no audio streaming: a
// player asks for pieces of a file.
import { type ChildProcess, fork } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { createS3Storage } from "#kit/storage/s3-storage";
import { BUCKET, CREDENTIALS, type Listening, listen, type Source } from "./listeners.ts";

const LISTENERS = 1_000;
/** Two minutes of Opus at 32 kbit/s. */
const BYTES = 480 * 1_024;
const RANGE_BYTES = 64 * 1_024;
const ROUNDS = 3;
const MIB = 1_024 * 1_024;
const EXPIRES_IN = 3_600;

interface Side {
  readonly name: string;
  readonly child: ChildProcess;
  readonly origin: string;
}

async function startSide(name: string, module: string, argument: string): Promise<Side> {
  const child = fork(new URL(module, import.meta.url), [argument], {
    execArgv: ["--import", "tsx"],
  });
  const [port] = (await once(child, "message")) as [number];
  return { name, child, origin: `http://127.0.0.1:${port}` };
}

/** The most memory that a process has had, in bytes. Linux alone tells. */
async function peakOf({ child }: Side): Promise<number> {
  const status = await readFile(`/proc/${child.pid}/status`, "utf8").catch(() => "");
  return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? Number.NaN) * 1_024;
}

async function storedAt({ origin }: Side, body: Buffer): Promise<string> {
  const options = { url: origin, publicUrl: origin, bucket: BUCKET, credentials: CREDENTIALS };
  const storage = createS3Storage(options);
  const contentType = "audio/ogg";
  await storage.write({ key: "voice", contentType, body });
  const link = { key: "voice", contentType, disposition: "attachment", expiresIn: EXPIRES_IN };
  const { url } = storage.link({ ...link, disposition: "attachment" });
  await storage.close();
  return url;
}

const folder = await mkdtemp(join(tmpdir(), "meetinity-ranges-"));
const body = randomBytes(BYTES);
const file = join(folder, "voice");
await writeFile(file, body);
const store = await startSide("embedded store", "store-child.ts", join(folder, "store"));
const bare = await startSide("bare Node.js", "bare-child.ts", file);
const facts = { bytes: BYTES, sha256: createHash("sha256").update(body).digest("hex") };
const sources: readonly (readonly [Side, Source])[] = [
  [store, { ...facts, url: await storedAt(store, body) }],
  [bare, { ...facts, url: `${bare.origin}/voice` }],
];

console.log(`${LISTENERS} listeners of ${BYTES / 1_024} KiB, by ${RANGE_BYTES / 1_024} KiB`);
const best = new Map<Side, number>();
for (let round = 0; round < ROUNDS; round += 1) {
  for (const [side, source] of sources) {
    const before = await peakOf(side);
    const heard: Listening = await listen(source, {
      listeners: LISTENERS,
      rangeBytes: RANGE_BYTES,
    });
    best.set(side, Math.min(best.get(side) ?? Number.POSITIVE_INFINITY, heard.seconds));
    const [was, is] = [before, await peakOf(side)].map((bytes) => Math.round(bytes / MIB));
    const text = `right ${heard.right}, failed ${heard.failed}, memory ${was} to ${is} MiB at most`;
    console.log(`${side.name}: ${heard.seconds.toFixed(2)} s, ${text}`);
  }
}
const ratio = (best.get(store) ?? 0) / (best.get(bare) ?? 1);
console.log(`best rounds: ${ratio.toFixed(2)} of the bare server's time; load ${loadavg()[0]}`);
for (const { child } of [store, bare]) child.disconnect();
await rm(folder, { recursive: true, force: true });
