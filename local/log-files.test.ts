// Guarantees about the size of log files.
import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { cutIfLarge, freshLogFile, openLogFile } from "./log-files.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "meetinity-logs-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const read = (name: string) => readFileSync(join(folder, name), "utf8");

test("however much is written, a log takes two files of bounded size, with the newest lines", async () => {
  const log = openLogFile(join(folder, "x.log"), 1_000);
  for (let line = 1; line <= 500; line += 1) log.write(`line ${line}`);
  log.close();
  await expect.poll(() => read("x.log")).toContain("line 500\n");
  expect(readdirSync(folder).toSorted()).toEqual(["x.log", "x.log.previous"]);
  await expect
    .poll(() => (read("x.log.previous") + read("x.log")).split("\n").length)
    .toBeGreaterThan(90);
  for (const name of readdirSync(folder)) {
    expect(statSync(join(folder, name)).size).toBeLessThanOrEqual(1_000);
  }
  const lines = (read("x.log.previous") + read("x.log")).trimEnd().split("\n");
  const first = 501 - lines.length;
  expect(lines).toEqual(lines.map((_line, index) => `line ${first + index}`));
});

test("a line that is larger than a file alone is written whole", async () => {
  const log = openLogFile(join(folder, "x.log"), 10);
  log.write("a line of more than ten bytes");
  log.write("short");
  log.close();
  await expect.poll(() => read("x.log")).toBe("short\n");
  await expect.poll(() => read("x.log.previous")).toBe("a line of more than ten bytes\n");
});

test("a log that is closed takes no more", async () => {
  const log = openLogFile(join(folder, "x.log"));
  log.write("last");
  log.close();
  log.write("later");
  await expect.poll(() => read("x.log")).toBe("last\n");
});

test("a server's own log is cut while the server appends to it", () => {
  const file = join(folder, "postgres.log");
  freshLogFile(file);
  appendFileSync(file, "x".repeat(900));
  cutIfLarge(file, 1_000);
  expect(statSync(file).size).toBe(900);
  appendFileSync(file, "y".repeat(900));
  cutIfLarge(file, 1_000);
  expect([statSync(file).size, statSync(`${file}.previous`).size]).toEqual([0, 1_800]);
  cutIfLarge(join(folder, "missing.log"), 1_000);
});
