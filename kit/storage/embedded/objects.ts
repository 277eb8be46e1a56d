// The finished files of the embedded store. The name of a file is the hash of its key, so no key
// leads out of the folder.
import { mkdir, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import {
  type Draft,
  draft,
  type Facts,
  type Folder,
  openStored,
  type Source,
  type Stored,
  syncFolder,
} from "#kit/storage/embedded/files";
import { sha256Hex } from "#kit/storage/signing";

export interface Objects {
  /** Null if there is none. Whoever gets one reads or closes it. */
  open(key: string): Promise<Stored | null>;
  put(key: string, contentType: string, source: Source): Promise<Facts>;
  publish(draft: Draft): Promise<void>;
  remove(key: string): Promise<void>;
}

export function createObjects(folder: Folder): Objects {
  const pathOf = (key: string) => {
    const name = sha256Hex(key);
    return join(folder.path, "objects", name.slice(0, 2), name);
  };
  const publish = async (ready: Draft) => {
    const path = pathOf(ready.facts.key);
    const made = await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    if (made !== undefined) await syncFolder(dirname(made));
    await ready.publish(path);
  };
  return {
    open: (key) => openStored(pathOf(key)),
    async put(key, contentType, source) {
      const ready = await draft(folder, source, { key, contentType });
      await publish(ready);
      return ready.facts;
    },
    publish,
    async remove(key) {
      const path = pathOf(key);
      await rm(path, { force: true });
      await syncFolder(dirname(path)).catch(() => {});
    },
  };
}
