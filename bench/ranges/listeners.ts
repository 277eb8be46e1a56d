// Many listeners of one voice note: each has a connection of its own and reads the file by ranges,
// one after another, as a player does.
import { createHash } from "node:crypto";
import { Client } from "undici";

export const BUCKET = "bench";
export const CREDENTIALS = {
  accessKeyId: "BENCH",
  secretAccessKey: "a secret of this bench",
  region: "us-east-1",
};

export interface Source {
  readonly url: string;
  readonly bytes: number;
  readonly sha256: string;
}

export interface Listening {
  readonly seconds: number;
  readonly right: number;
  readonly failed: number;
}

/** All begin at once. `right` got exactly the bytes of the file. */
export async function listen(
  source: Source,
  { listeners, rangeBytes }: { readonly listeners: number; readonly rangeBytes: number },
): Promise<Listening> {
  const startedAt = performance.now();
  const hashes = await Promise.allSettled(
    Array.from({ length: listeners }, () => hashOf(source, rangeBytes)),
  );
  const seconds = (performance.now() - startedAt) / 1_000;
  const isRight = (each: PromiseSettledResult<string>) =>
    each.status === "fulfilled" && each.value === source.sha256;
  return {
    seconds,
    right: hashes.filter(isRight).length,
    failed: hashes.filter(({ status }) => status === "rejected").length,
  };
}

async function hashOf({ url, bytes }: Source, rangeBytes: number): Promise<string> {
  const { origin, pathname, search } = new URL(url);
  const client = new Client(origin, { connect: { timeout: 30_000 } });
  const hash = createHash("sha256");
  try {
    for (let start = 0; start < bytes; start += rangeBytes) {
      const end = Math.min(bytes, start + rangeBytes) - 1;
      const headers = { range: `bytes=${start}-${end}` };
      const path = pathname + search;
      const answer = await client.request({ method: "GET", path, headers });
      if (answer.statusCode !== 206) throw new Error(`answered ${answer.statusCode}`);
      for await (const chunk of answer.body) hash.update(chunk);
    }
    return hash.digest("hex");
  } finally {
    await client.close();
  }
}
