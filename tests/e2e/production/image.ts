// Builds the folder of the Docker image without a container engine: compiled code, the files that
// it reads, the built apps, and production packages only.
import { cp, mkdir, readFile, symlink } from "node:fs/promises";
import { dirname, join } from "node:path";
import { subgraphNames } from "../../../kit/service/sdl.ts";
import { buildApps } from "../../../local/apps.ts";
import { projectRoot } from "../../../local/project.ts";
import { build } from "../../../schema/build.ts";

export interface Image {
  readonly folder: string;
  /** Arguments of node before those of a container. */
  readonly entrypoint: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  /** The module that a container without a command runs. */
  readonly command: readonly string[];
  /** The program of the health check; it reads `PORT`. */
  readonly healthCheck: string;
}

/** Builds into an empty folder. */
export async function buildImage(folder: string): Promise<Image> {
  build(join(folder, "dist"));
  await buildApps();
  for (const file of await copiedFiles()) {
    await cp(join(projectRoot, file), join(folder, file), { recursive: true });
  }
  await linkPackages(folder);
  return { folder, ...(await readDockerfile()) };
}

/** Links only the packages that the Dockerfile installs, so that the import of any other fails. */
async function linkPackages(folder: string): Promise<void> {
  const lock = JSON.parse(await readFile(join(projectRoot, "package-lock.json"), "utf8"));
  const packages: Record<string, { readonly dev?: boolean; readonly link?: boolean }> =
    lock.packages;
  for (const [path, { dev, link: isWorkspace }] of Object.entries(packages)) {
    const isTop = path.startsWith("node_modules/") && !path.includes("/node_modules/");
    if (!isTop || dev || isWorkspace) continue;
    await mkdir(join(folder, dirname(path)), { recursive: true });
    // Packages of other platforms are not installed. Their links lead nowhere, which does no harm.
    await symlink(join(projectRoot, path), join(folder, path));
  }
}

const dockerfile = async () =>
  (await readFile(join(projectRoot, "Dockerfile"), "utf8")).replaceAll("\\\n", " ");

/** The files that the Dockerfile copies beside `dist`, which is built into the folder. */
async function copiedFiles(): Promise<string[]> {
  const [, listed = ""] = /cp --recursive --parents (.*?) \/out/.exec(await dockerfile()) ?? [];
  const files = listed
    .trim()
    .split(/\s+/)
    .filter((file) => file !== "dist");
  if (files.length < 2) throw new Error("The Dockerfile copies nothing into /out.");
  return files.flatMap((file) =>
    file.includes("*") ? subgraphNames().map((name) => file.replace("*", name)) : [file],
  );
}

async function readDockerfile(): Promise<Omit<Image, "folder">> {
  const text = await dockerfile();
  const listOf = (instruction: string): string[] => {
    const found = new RegExp(`^${instruction}\\b.*?(\\[.*\\])\\s*$`, "m").exec(text)?.[1];
    if (!found) throw new Error(`The Dockerfile has no ${instruction} in JSON.`);
    return JSON.parse(found);
  };
  const variables = /^ENV (.*)$/m.exec(text)?.[1] ?? "";
  const [program, ...entrypoint] = listOf("ENTRYPOINT");
  if (program !== "node") throw new Error(`The image runs ${program}, not node.`);
  return {
    entrypoint,
    command: listOf("CMD"),
    environment: Object.fromEntries(variables.split(/\s+/).map(assignment)),
    healthCheck: listOf("HEALTHCHECK").at(-1) ?? "",
  };
}

function assignment(text: string): readonly [name: string, value: string] {
  const at = text.indexOf("=");
  return [text.slice(0, at), text.slice(at + 1)];
}
