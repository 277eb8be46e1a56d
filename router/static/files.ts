// Reads a folder of built files into memory. Only what it has read can be served: no path of a
// client ever reaches the file system, and symbolic links and hidden files are left out.
import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { extname, join } from "node:path";

export interface StaticFile {
  /** Relative to its folder, with `/` between the parts. */
  readonly path: string;
  readonly type: string;
  /** Weak, because one tag serves all encodings. */
  readonly etag: string;
  readonly bytes: Buffer;
  readonly isCompressible: boolean;
}

export type StaticFiles = ReadonlyMap<string, StaticFile>;

/** An app has a few megabytes. This is for a wrong folder, such as the project's root. */
const FOLDER_BYTES_MAX = 64 * 1024 * 1024;

/** Types that a browser needs right: with `nosniff` it refuses scripts and styles of others. */
const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".mjs": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".map": "application/json; charset=utf-8",
  ".webmanifest": "application/manifest+json; charset=utf-8",
  ".txt": "text/plain; charset=utf-8",
  ".xml": "application/xml; charset=utf-8",
  ".svg": "image/svg+xml; charset=utf-8",
  ".wasm": "application/wasm",
  ".ico": "image/x-icon",
  ".png": "image/png",
  ".jpg": "image/jpeg",
  ".jpeg": "image/jpeg",
  ".gif": "image/gif",
  ".webp": "image/webp",
  ".avif": "image/avif",
  ".woff": "font/woff",
  ".woff2": "font/woff2",
};
const COMPRESSIBLE = /charset=utf-8$|wasm$|x-icon$/;
/** A smaller body fits into one packet in any case. */
const COMPRESSED_FROM_BYTES = 1_024;

/** All files in `folder` and below it, by path. Rejects when there are too many bytes. */
export async function readFiles(folder: string): Promise<StaticFiles> {
  const files = new Map<string, StaticFile>();
  let bytes = 0;
  const read = async (below: string): Promise<void> => {
    for (const entry of await readdir(join(folder, below), { withFileTypes: true })) {
      if (entry.name.startsWith(".")) continue;
      const path = below === "" ? entry.name : `${below}/${entry.name}`;
      if (entry.isDirectory()) await read(path);
      // A symbolic link is neither a file nor a directory here.
      else if (entry.isFile()) {
        const file = fileOf(path, await readFile(join(folder, path)));
        bytes += file.bytes.length;
        if (bytes > FOLDER_BYTES_MAX) throw new Error("it has more than 64 MB: is it a built app?");
        files.set(path, file);
      }
    }
  };
  await read("");
  return files;
}

function fileOf(path: string, bytes: Buffer): StaticFile {
  const type = TYPES[extname(path).toLowerCase()] ?? "application/octet-stream";
  const hash = createHash("sha256").update(bytes).digest("base64url").slice(0, 22);
  return {
    path,
    type,
    etag: `W/"${hash}"`,
    bytes,
    isCompressible: bytes.length >= COMPRESSED_FROM_BYTES && COMPRESSIBLE.test(type),
  };
}
