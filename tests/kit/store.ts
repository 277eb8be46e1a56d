// An embedded store in the process of a test, over a folder of its own, and the port to it.
import { once } from "node:events";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { systemClock } from "#kit/clock";
import { createLog } from "#kit/service/logger";
import { originsOf } from "#kit/storage/embedded/cors";
import { createStore, type StoreOptions } from "#kit/storage/embedded/server";
import { createS3Storage, type S3Options } from "#kit/storage/s3-storage";
import type { Storage } from "#kit/storage/storage";

export const APP_ORIGIN = "https://app.meetinity.example";

export const BUCKET = "files";
export const CREDENTIALS = {
  accessKeyId: "TESTKEY",
  secretAccessKey: "a secret of this test",
  region: "eu-test-1",
};

export interface TestStore {
  readonly options: S3Options;
  readonly storage: Storage;
  readonly folder: string;
  /** The files in the folder, by their paths in it. */
  files(): Promise<ReadonlyMap<string, Buffer>>;
  stop(): Promise<void>;
}

export async function startStore(
  settings: Partial<Pick<StoreOptions, "clock" | "freeBytesMin" | "sweepEveryMs">> = {},
): Promise<TestStore> {
  const folder = await mkdtemp(join(tmpdir(), "meetinity-store-"));
  const store = await createStore({
    folder,
    bucket: BUCKET,
    credentials: CREDENTIALS,
    isOurs: originsOf([APP_ORIGIN], true),
    freeBytesMin: 0,
    clock: systemClock,
    log: createLog({ name: "store", level: "silent" }),
    ...settings,
  });
  store.server.listen(0, "127.0.0.1");
  await once(store.server, "listening");
  const url = `http://127.0.0.1:${(store.server.address() as AddressInfo).port}`;
  const options = { url, publicUrl: url, bucket: BUCKET, credentials: CREDENTIALS };
  const storage = createS3Storage(options);
  return {
    options,
    storage,
    folder,
    files: () => filesIn(folder),
    async stop() {
      await storage.close();
      await store.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The files in a folder, by their paths in it. */
export async function filesIn(folder: string): Promise<ReadonlyMap<string, Buffer>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return new Map(
    await Promise.all(
      files.map(async ({ parentPath, name }) => {
        const path = join(parentPath, name);
        return [path.slice(folder.length + 1), await readFile(path)] as const;
      }),
    ),
  );
}
