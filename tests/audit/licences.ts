// The licences of all packages of production, from their manifests, and which of them are not
// allowed. accepted.ts lists the allowed ones.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { ALLOWED_LICENCES, NAMED_LICENCES } from "./accepted.ts";
import { ROOT } from "./sources.ts";

export interface Package {
  readonly name: string;
  readonly version: string;
  /** An SPDX expression, or another text of the manifest. */
  readonly licence: string;
}

export interface Production {
  readonly installed: readonly Package[];
  /** Binaries for other platforms, by the lock file. */
  readonly elsewhere: readonly Package[];
}

const lockShape = z.object({
  packages: z.record(
    z.string(),
    z.object({
      version: z.string().optional(),
      dev: z.boolean().optional(),
      link: z.boolean().optional(),
      optional: z.boolean().optional(),
      license: z.unknown().optional(),
    }),
  ),
});

const manifestShape = z.object({
  name: z.string(),
  version: z.string(),
  license: z.unknown().optional(),
  licenses: z.unknown().optional(),
});

/** Throws if a package of production is not installed. */
export function productionPackages(): Production {
  const lock = lockShape.parse(JSON.parse(readFileSync(join(ROOT, "package-lock.json"), "utf8")));
  const production: { installed: Package[]; elsewhere: Package[] } = {
    installed: [],
    elsewhere: [],
  };
  for (const [path, { version = "", dev, link, optional, license }] of Object.entries(
    lock.packages,
  )) {
    // A path without node_modules is the project or a workspace of it: ours.
    const isOurs = link || !path.includes("node_modules/");
    if (isOurs || dev) continue;
    const manifest = join(ROOT, path, "package.json");
    if (existsSync(manifest)) {
      production.installed.push(packageIn(readFileSync(manifest, "utf8")));
    } else if (optional) {
      const name = path.slice(path.lastIndexOf("node_modules/") + "node_modules/".length);
      production.elsewhere.push({ name, version, licence: licenceOf(license) });
    } else {
      throw new Error(`${path} is not installed: npm ci`);
    }
  }
  return {
    installed: distinct(production.installed),
    elsewhere: distinct(production.elsewhere),
  };
}

/** One version may be installed in several folders. */
function distinct(packages: readonly Package[]): Package[] {
  return [...new Map(packages.map((each) => [`${each.name} ${each.version}`, each])).values()];
}

function packageIn(text: string): Package {
  const { name, version, license, licenses } = manifestShape.parse(JSON.parse(text));
  return { name, version, licence: licenceOf(license ?? licenses) };
}

/** Old manifests have an object or a list of objects. */
export function licenceOf(stated: unknown): string {
  const one = z.union([z.string(), z.object({ type: z.string() }).transform(({ type }) => type)]);
  const read = z
    .union([
      one,
      z
        .array(one)
        .min(1)
        .transform((all) => all.join(" AND ")),
    ])
    .safeParse(stated);
  return read.success ? read.data : "none";
}

/** Packages that are neither allowed by their licence nor accepted by name. */
export function refusedLicences(packages: readonly Package[]): Package[] {
  return packages.filter(
    ({ name, licence }) => NAMED_LICENCES[name]?.licence !== licence && !isAllowed(licence),
  );
}

/** Of an `OR` one licence must be allowed, of an `AND` all. */
function isAllowed(licence: string): boolean {
  const alternatives = licence.replace(/[()]/g, "").split(/ or /i);
  return alternatives.some((each) =>
    each.split(/ and /i).every((part) => ALLOWED_LICENCES.includes(part.trim())),
  );
}
