// Installs peers that are no dependency of the product, at exactly these versions, into a folder
// that git ignores. The first run that needs them does this.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

const HIVE = { name: "@graphql-hive/gateway", version: "2.15.1" };

const HIVE_PACKAGES: readonly string[] = [
  `${HIVE.name}@${HIVE.version}`,
  "@graphql-hive/router-runtime@1.4.23",
  // Later versions of these parts need packages that are not always available.
  "@graphql-tools/delegate@12.2.1",
  "@graphql-tools/wrap@11.2.1",
  "@graphql-tools/batch-delegate@10.1.0",
];

export interface Peer {
  readonly version: string;
  /** The file that Node.js runs. */
  readonly entry: string;
}

/** Null if it cannot be installed. The reason was printed then. */
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
  // An own package.json, or npm would use one of a parent folder.
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
