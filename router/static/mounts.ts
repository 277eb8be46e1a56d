// Reads STATIC_MOUNTS: which folders the router serves, and under which paths. It opens no folder.
import { z } from "zod";

/** A folder that is served below a path. */
export interface StaticMount {
  /** Such as `/app`, without a slash at its end. */
  readonly path: string;
  readonly folder: string;
}

const PATH = /^(?:\/[a-z0-9][a-z0-9_-]*)+$/;

/**
 * `/app=clients/app/dist,/admin=…`. Refuses paths that begin with one of `ownSegments`, and paths
 * that overlap with each other.
 */
export function staticMountsSetting(ownSegments: readonly string[]) {
  return z.string().transform((text, context): readonly StaticMount[] => {
    const mounts = text.split(",").map(mountOf);
    const mistake = mounts.map((mount) => mistakeIn(mount, ownSegments)).find(Boolean);
    const message = mistake ?? overlapIn(mounts);
    if (!message) return mounts;
    context.addIssue({ code: "custom", message });
    return z.NEVER;
  });
}

function mountOf(text: string): StaticMount {
  const at = text.indexOf("=");
  const [path, folder] = at < 0 ? [text, ""] : [text.slice(0, at), text.slice(at + 1)];
  return { path: path.trim(), folder: folder.trim() };
}

function mistakeIn({ path, folder }: StaticMount, ownSegments: readonly string[]): string | null {
  if (!PATH.test(path)) {
    return "needs a path such as /app before each `=`: small letters, digits, - and _";
  }
  if (folder === "") return `names no folder for ${path}: write ${path}=folder`;
  const [, first = ""] = path.split("/");
  return ownSegments.includes(first) ? `cannot use ${path}: the router itself answers there` : null;
}

function overlapIn(mounts: readonly StaticMount[]): string | null {
  for (const [at, { path }] of mounts.entries()) {
    const other = mounts.find(
      (mount, position) => position !== at && `${mount.path}/`.startsWith(`${path}/`),
    );
    if (other?.path === path) return `names ${path} twice`;
    if (other) return `has ${other.path} below ${path}: use paths that do not overlap`;
  }
  return null;
}
