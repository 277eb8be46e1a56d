// Saves a file of a message on the reader's device.
import { readFile } from "./files.ts";

/** The address is needed until the browser has begun. */
const REVOKE_MS = 60_000;

/** Rejects when the file cannot be read. */
export async function saveFile(id: string, name: string): Promise<void> {
  const url = URL.createObjectURL(await readFile(id, "link"));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), REVOKE_MS);
}

/** Pictures are shown and saved as the server has drawn them anew. */
export function pictureName(fileName: string | null, otherwise: string): string {
  return `${(fileName ?? otherwise).replace(/\.\w{1,5}$/, "")}.webp`;
}
