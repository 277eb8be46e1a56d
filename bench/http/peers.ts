// Peers that are no dependency of the product: installed into a folder that git does not see, by
// the first run that measures or tests with them, at exactly these versions.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

const HIVE = { name: "@graphql-hive/gateway", version: "2.15.1" };

const HIVE_PACKAGES: readonly string[] = [
  `${HIVE.name}@${HIVE.version}`,
  "@graphql-hive/router-runtime@1.4.23",
  // What came after these of its own parts wants versions that cannot always be had.
  "@graphql-tools/delegate@12.2.1",
  "@graphql-tools/wrap@11.2.1",
  "@graphql-tools/batch-delegate@10.1.0",
];

export interface Peer {
  readonly version: string;
  /** What Node.js runs. */
  readonly entry: string;
}

/** Null when it cannot be installed; then that has been said. */
export function installHive(): Peer | null {
  const folder = resolve(".meetinity", "bench", `hive-gateway-${HIVE.version}`);
  const entry = join(folder, "node_modules", HIVE.name, "dist", "bin.js");
  return install("Hive Gateway", folder, HIVE_PACKAGES) ? { version: HIVE.version, entry } : null;
}

function install(name: string, folder: string, packages: readonly string[]): boolean {
  const isInstalled = join(folder, "installed");
  if (existsSync(isInstalled)) return true;
  console.log(`Installing ${name} into ${folder}, once; 500 MB, in a minute or two:`);
  mkdirSync(folder, { recursive: true });
  // A package.json of its own, or npm would look for one above.
  writeFileSync(join(folder, "package.json"), "{}");
  const options = [
    "--prefix",
    folder,
    "--ignore-scripts",
    "--no-audit",
    "--no-fund",
    "--loglevel=error",
  ];
  const { status } = spawnSync("npm", ["install", ...options, ...packages], {
    stdio: ["ignore", "inherit", "inherit"],
  });
  if (status !== 0) {
    console.log(`${name} could not be installed: see above.`);
    return false;
  }
  writeFileSync(isInstalled, packages.join("\n"));
  return true;
}
