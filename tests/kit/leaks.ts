// Secrets that must be in no log, whatever a run of tests does. Tests plant them: each person has
// an address of one domain and one of few passwords, and texts for their readers have a canary.
import { createReadStream } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";

/** For the text of a message, a profile or an answer. */
export const CANARY = "canary-7c1f";

/** The name of each in a report, which repeats no secret. */
const SECRETS: Readonly<Record<string, RegExp>> = {
  "a text of a person": new RegExp(CANARY, "i"),
  "a password": /correct horse battery staple/i,
  "an address": /[\w.+-]@(?:[\w-]+\.)*meetinity\.test/i,
  "an access token": /\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]{8,}/,
  "a URL with a password": /\b(?:postgres(?:ql)?|rediss?|smtps?):\/\/[^\s/:@]*:[^\s/@]+@/,
};

export interface Leak {
  readonly file: string;
  readonly line: number;
  readonly what: string;
  /** The message of the line, and its keys. */
  readonly of: string;
}

/** Searches all files of the folder. */
export async function findLeaks(folder: string): Promise<Leak[]> {
  const files = await readdir(folder);
  const found = await Promise.all(files.map((file) => leaksIn(join(folder, file), file)));
  return found.flat();
}

async function leaksIn(path: string, file: string): Promise<Leak[]> {
  const leaks: Leak[] = [];
  let line = 0;
  for await (const text of createInterface({ input: createReadStream(path) })) {
    line += 1;
    for (const what of secretsIn(text)) leaks.push({ file, line, what, of: sketchOf(text) });
  }
  return leaks;
}

/** Most lines have none: one search for all is enough. */
const ANY = new RegExp(
  Object.values(SECRETS)
    .map(({ source }) => source)
    .join("|"),
  "i",
);

/** The names of the secrets in a text. */
export function secretsIn(text: string): string[] {
  if (!ANY.test(text)) return [];
  return Object.entries(SECRETS).flatMap(([what, pattern]) => (pattern.test(text) ? [what] : []));
}

function sketchOf(text: string): string {
  try {
    const { msg, ...facts } = JSON.parse(text) as Record<string, unknown>;
    const isSecret = secretsIn(String(msg)).length > 0;
    return `${isSecret ? "(a secret message)" : String(msg)}: ${Object.keys(facts).join(", ")}`;
  } catch {
    return masked(text).slice(0, SKETCH_MAX);
  }
}

/** An address as a whole, and other secrets as far as they are known. */
function masked(text: string): string {
  return Object.values(SECRETS)
    .map(({ source }) => new RegExp(String.raw`[\w.+-]*(?:${source})\S*`, "gi"))
    .reduce((shown, pattern) => shown.replace(pattern, "***"), text);
}

const SKETCH_MAX = 160;
const SHOWN = 10;

export function leakReport(leaks: readonly Leak[]): string {
  const lines = leaks
    .slice(0, SHOWN)
    .map(({ file, line, what, of }) => `  ${file}:${line} has ${what} (${of})\n`);
  return `Secrets are in the logs of this run, ${leaks.length} times:\n${lines.join("")}`;
}
