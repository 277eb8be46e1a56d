// The costs of looking at a picture: CPU and the most memory of the process that reads files, and
// the ratio of its CPU to that of sharp alone, which makes the same sizes in this process without
// checks. Linux alone tells the figures of a process.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { cpus, loadavg } from "node:os";
import { Readable } from "node:stream";
import sharp from "sharp";
import { createMedia } from "#kit/media/media";
import type { MediaPurpose } from "#kit/media/results";
import { createLog } from "#kit/service/logger";

const ROUNDS = 5;
const MIB = 1_024 * 1_024;
/** The renditions of a picture in a message. */
const PURPOSE: MediaPurpose = {
  kinds: ["image"],
  renditions: [
    { name: "preview", width: 480, height: 480 },
    { name: "screen", width: 2_048, height: 2_048 },
  ],
  durationMsMax: 0,
};

sharp.cache(false);
sharp.concurrency(1);

interface Picture {
  readonly name: string;
  readonly contentType: string;
  readonly contents: Buffer;
}

/** With as much detail as a photo: noise that is scaled up. */
function photo(width: number, height: number) {
  const noise = { type: "gaussian", mean: 128, sigma: 60 } as const;
  const create = { width: 500, height: 375, channels: 3, background: "teal", noise } as const;
  return sharp({ create })
    .png()
    .toBuffer()
    .then((small) => sharp(small).resize(width, height));
}

async function pictures(): Promise<Picture[]> {
  const jpeg = async (width: number, height: number) =>
    (await photo(width, height)).jpeg({ quality: 90 }).toBuffer();
  const contentType = "image/jpeg";
  return [
    { name: "JPEG of 2 million pixels", contentType, contents: await jpeg(1_632, 1_224) },
    { name: "JPEG of 12 million pixels", contentType, contents: await jpeg(4_000, 3_000) },
    { name: "JPEG of 50 million pixels", contentType, contents: await jpeg(8_160, 6_120) },
    {
      name: "PNG of 12 million pixels",
      contentType: "image/png",
      contents: await (await photo(4_000, 3_000)).png({ compressionLevel: 6 }).toBuffer(),
    },
  ];
}

/** The process that reads files for this one, if there is one. */
function reader(): number | undefined {
  const lines = execFileSync("ps", ["-A", "-o", "pid=,ppid=,args="], { encoding: "utf8" });
  const line = lines
    .split("\n")
    .find(
      (each) => each.trim().split(/\s+/)[1] === `${process.pid}` && each.includes("media/child"),
    );
  return line === undefined ? undefined : Number(line.trim().split(/\s+/)[0]);
}

const ticksASecond = Number(execFileSync("getconf", ["CLK_TCK"], { encoding: "utf8" }));

/** Of a process and all its threads, in seconds. */
async function cpuOf(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, "utf8");
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[11]) + Number(fields[12])) / ticksASecond;
}

/** The most memory that a process has had, in MiB. */
async function peakOf(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, "utf8");
  return Math.round((Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1]) * 1_024) / MIB);
}

const log = createLog({ name: "bench", level: "error" });

async function look(media: ReturnType<typeof createMedia>, picture: Picture): Promise<void> {
  const { contents, contentType } = picture;
  const sha256 = createHash("sha256").update(contents).digest("hex");
  const file = { contents: Readable.from([contents]), contentType, bytes: contents.length, sha256 };
  const { kind } = await media.process(file, PURPOSE);
  if (kind !== "image") throw new Error(`${picture.name} was refused`);
}

/** CPU seconds of the reader for one file: the fewest of some rounds, behind one that warms up. */
async function measure(picture: Picture) {
  const media = createMedia({ log, scanner: null, scansAll: false });
  await look(media, picture);
  const pid = reader();
  if (pid === undefined) throw new Error("no process reads files");
  const [times, walls]: [number[], number[]] = [[], []];
  for (let round = 0; round < ROUNDS; round += 1) {
    const [before, startedAt] = [await cpuOf(pid), performance.now()];
    await look(media, picture);
    walls.push((performance.now() - startedAt) / 1_000);
    times.push((await cpuOf(pid)) - before);
  }
  const peak = await peakOf(pid);
  media.stop();
  return { cpu: Math.min(...times), wall: Math.min(...walls), peak };
}

async function sharpAlone({ contents }: Picture): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const before = process.cpuUsage();
    for (const { width, height } of PURPOSE.renditions) {
      const options = { width, height, fit: "inside", withoutEnlargement: true } as const;
      await sharp(contents).autoOrient().resize(options).webp({ quality: 80 }).toBuffer();
    }
    const { user, system } = process.cpuUsage(before);
    times.push((user + system) / 1_000_000);
  }
  return Math.min(...times);
}

console.log(`${cpus()[0]?.model}, ${cpus().length} cores, load ${loadavg()[0]?.toFixed(1)}`);
for (const picture of await pictures()) {
  const { cpu, wall, peak } = await measure(picture);
  const ratio = cpu / (await sharpAlone(picture));
  const size = `${(picture.contents.length / 1e6).toFixed(1)} MB`;
  const took = `${cpu.toFixed(2)} s of CPU, ${wall.toFixed(2)} s, ${peak} MiB at most`;
  console.log(`${picture.name} (${size}): ${took}; ${ratio.toFixed(2)} of sharp alone`);
}
