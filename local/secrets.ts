// Secrets of a data folder: created once, in files that only their owner can read. They are never
// sent anywhere.
import { randomBytes } from "node:crypto";
import { chmodSync, linkSync, readFileSync, rmSync, writeFileSync } from "node:fs";

/** 192 random bits. They need no escaping in a URL, a shell or a configuration file. */
export function randomPassword(): string {
  return randomBytes(24).toString("base64url");
}

/** 32 random bytes, for AES-256. */
export function randomKey(): string {
  return randomBytes(32).toString("base64url");
}

/**
 * The text of `file`. If there is none, `make()` is written there first. Two processes that call
 * this at the same time get the same text.
 */
export async function secretOnce(
  file: string,
  make: () => string | Promise<string>,
): Promise<string> {
  const known = read(file);
  if (known !== null) return known;
  const draft = `${file}.${process.pid}.draft`;
  writeFileSync(draft, await make(), { mode: 0o600 });
  chmodSync(draft, 0o600);
  try {
    linkSync(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  } finally {
    rmSync(draft, { force: true });
  }
  return readFileSync(file, "utf8");
}

function read(file: string): string | null {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}
