// The texts that are searched for secrets: the tree as it would be committed, and the whole history
// of this checkout, commit messages included.
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Source } from "./secrets.ts";

/** The project's folder. */
export const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const OBJECTS_AT_ONCE = 500;
const OUTPUT_BYTES_MAX = 1024 ** 3;
const SNIFFED_BYTES = 8_000;

export interface History {
  readonly commits: number;
  readonly sources: readonly Source[];
  /** False in a shallow clone. */
  readonly isWhole: boolean;
}

/** Every text that git has or would add. Without git, all files except the ignored ones. */
export function treeSources(root = ROOT): Source[] {
  const listed = git(root, ["ls-files", "-z", "--cached", "--others", "--exclude-standard"]);
  const paths = listed ? new Set(listed.toString().split("\0")) : filesIn(root, "");
  return [...paths].flatMap((path) => {
    const text = path === "" ? null : textIn(readIfThere(join(root, path)));
    return text === null ? [] : [{ path, text }];
  });
}

/** Every text in the history of HEAD. Null without git or a history. */
export function historySources(root = ROOT): History | null {
  const listed = git(root, ["rev-list", "--objects", "HEAD"]);
  if (!listed) return null;
  const paths = new Map(
    listed
      .toString()
      .trimEnd()
      .split("\n")
      .map((line) => [line.slice(0, 40), line.slice(41)] as const),
  );
  const ids = [...paths.keys()];
  const sources: Source[] = [];
  let commits = 0;
  for (let at = 0; at < ids.length; at += OBJECTS_AT_ONCE) {
    for (const { id, type, body } of objects(root, ids.slice(at, at + OBJECTS_AT_ONCE))) {
      if (type === "commit") commits += 1;
      const text = type === "tree" ? null : textIn(body);
      if (text !== null) sources.push({ path: paths.get(id) || `${type} ${id}`, text });
    }
  }
  const isShallow =
    git(root, ["rev-parse", "--is-shallow-repository"])?.toString().trim() === "true";
  return { commits, sources, isWhole: !isShallow };
}

interface GitObject {
  readonly id: string;
  readonly type: string;
  readonly body: Buffer;
}

/** `git cat-file --batch` prints a line of id, type and size, then the object and a line end. */
function objects(root: string, ids: readonly string[]): GitObject[] {
  const output = git(root, ["cat-file", "--batch"], ids.join("\n")) ?? Buffer.alloc(0);
  const found: GitObject[] = [];
  let at = 0;
  while (at < output.length) {
    const start = output.indexOf("\n", at) + 1;
    const [id = "", type = "", size = "0"] = output.toString("utf8", at, start - 1).split(" ");
    const end = start + Number(size);
    found.push({ id, type, body: output.subarray(start, end) });
    at = end + 1;
  }
  return found;
}

/** The output of a git command. Null if it failed or there is no git. */
export function git(folder: string, args: readonly string[], input = ""): Buffer | null {
  const { status, stdout } = spawnSync("git", args, {
    cwd: folder,
    input,
    maxBuffer: OUTPUT_BYTES_MAX,
  });
  return status === 0 ? stdout : null;
}

/** Null for contents with a zero byte, as in binary files. */
function textIn(contents: Buffer | null): string | null {
  if (!contents || contents.subarray(0, SNIFFED_BYTES).includes(0)) return null;
  return contents.toString("utf8");
}

/** Null for a path that is listed but deleted, or not a file. */
function readIfThere(path: string): Buffer | null {
  try {
    return readFileSync(path);
  } catch {
    return null;
  }
}

function filesIn(root: string, folder: string): string[] {
  const ignored = readFileSync(join(root, ".gitignore"), "utf8");
  const names = new Set([
    ".git",
    "generated",
    ...ignored.split("\n").map((line) => line.replace(/\/$/, "")),
  ]);
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = folder ? `${folder}/${entry.name}` : entry.name;
    if (names.has(entry.name)) return [];
    return entry.isDirectory() ? filesIn(root, path) : [path];
  });
}
