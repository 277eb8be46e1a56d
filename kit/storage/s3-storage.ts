// The storage port over S3's protocol, for any S3 and for the embedded store.
import { dispositionOf } from "#kit/storage/disposition";
import { StorageFailure } from "#kit/storage/failure";
import { HOLDER_HEADER, holderValue } from "#kit/storage/holder";
import { isKey } from "#kit/storage/keys";
import { type PartSize, partsOf } from "#kit/storage/parts";
import { createS3Requests, type S3Answer, type S3Requests } from "#kit/storage/s3-requests";
import { completeXml, partsIn, uploadIdIn } from "#kit/storage/s3-xml";
import { type Credentials, presignedQuery } from "#kit/storage/signing";
import type {
  LinkOptions,
  SignedUrl,
  Storage,
  StoredFacts,
  UploadPart,
} from "#kit/storage/storage";

/** Files that are removed at the same time. */
const REMOVALS_AT_ONCE = 8;

export interface S3Options {
  /** Where this process reaches the store: an origin. */
  readonly url: string;
  /** Where clients do. */
  readonly publicUrl: string;
  readonly bucket: string;
  readonly credentials: Credentials;
}

interface Parts {
  readonly requests: S3Requests;
  readonly pathOf: (key: string) => string;
  readonly sign: (request: Signable) => SignedUrl;
}

interface Signable {
  readonly method: string;
  readonly key: string;
  readonly query: readonly (readonly [name: string, value: string])[];
  readonly headers: Readonly<Record<string, string>>;
  readonly at: Date;
  readonly expiresIn: number;
}

export function createS3Storage(options: S3Options): Storage {
  const requests = createS3Requests(options.url, options.credentials);
  const pathOf = (key: string) => {
    if (!isKey(key)) throw new Error("A key of a stored file has other characters than it may.");
    return `/${options.bucket}/${key}`;
  };
  const sign = ({ key, headers, ...request }: Signable) => {
    const path = pathOf(key);
    const host = new URL(options.publicUrl).host;
    const signed = { ...request, path, headers: { ...headers, host } };
    const query = presignedQuery(options.credentials, signed);
    return { url: `${options.publicUrl}${path}?${query}`, headers };
  };
  const parts = { requests, pathOf, sign };
  return {
    ...uploadsOf(parts),
    ...filesOf(parts),
    link: (wanted) => linkOf(wanted, options.credentials.secretAccessKey, sign, new Date()),
    async check() {
      // Unlike HEAD, it tells a missing file from a missing bucket.
      await requests.text({ method: "GET", path: pathOf("none") }).catch((error) => {
        if (!isProblem(error, "NOT_FOUND")) throw error;
      });
    },
    close: () => requests.close(),
  };
}

function isProblem(error: unknown, problem: StorageFailure["problem"]): boolean {
  return error instanceof StorageFailure && error.problem === problem;
}

type Uploading = Pick<
  Storage,
  "startUpload" | "resumeUpload" | "listParts" | "finishUpload" | "abortUpload"
>;

function uploadsOf({ requests, pathOf, sign }: Parts): Uploading {
  const listParts: Storage["listParts"] = async ({ key, uploadId }) => {
    const query = [["uploadId", uploadId]] as const;
    return partsIn(await requests.text({ method: "GET", path: pathOf(key), query }));
  };
  return {
    async startUpload({ key, contentType, bytes, expiresIn }) {
      const query = [["uploads", ""]] as const;
      const headers = { "content-type": contentType };
      const text = await requests.text({ method: "POST", path: pathOf(key), query, headers });
      const uploadId = uploadIdIn(text);
      const parts = partsOf(bytes).map((part) => urlOfPart(sign, part, key, uploadId, expiresIn));
      return { uploadId, parts };
    },
    async resumeUpload({ key, uploadId, bytes, expiresIn }) {
      const sent = await listParts({ key, uploadId });
      const has = new Map(sent.map((part) => [part.number, part.bytes]));
      return partsOf(bytes)
        .filter((part) => has.get(part.number) !== part.bytes)
        .map((part) => urlOfPart(sign, part, key, uploadId, expiresIn));
    },
    listParts,
    async finishUpload(upload) {
      const { key } = upload;
      try {
        return await complete(requests, pathOf(key), upload, listParts);
      } catch (error) {
        // An earlier attempt may have finished it.
        const done = isProblem(error, "UPLOAD_NOT_FOUND") && (await stat(requests, pathOf(key)));
        if (done && done.bytes === upload.bytes) return done;
        throw error;
      }
    },
    async abortUpload({ key, uploadId }) {
      const query = [["uploadId", uploadId]] as const;
      await requests.text({ method: "DELETE", path: pathOf(key), query }).catch((error) => {
        if (!isProblem(error, "UPLOAD_NOT_FOUND")) throw error;
      });
    },
  };
}

function urlOfPart(
  sign: Parts["sign"],
  part: PartSize,
  key: string,
  uploadId: string,
  expiresIn: number,
): UploadPart {
  const query = [
    ["partNumber", String(part.number)],
    ["uploadId", uploadId],
  ] as const;
  const headers = { "content-length": String(part.bytes) };
  const signed = sign({ method: "PUT", key, query, headers, at: new Date(), expiresIn });
  return { ...part, ...signed };
}

async function complete(
  requests: S3Requests,
  path: string,
  { key, uploadId, bytes }: Parameters<Storage["finishUpload"]>[0],
  listParts: Storage["listParts"],
): Promise<StoredFacts> {
  const sent = await listParts({ key, uploadId });
  const wanted = partsOf(bytes);
  const isWhole =
    sent.length === wanted.length &&
    wanted.every(({ number, bytes: size }, index) => {
      const part = sent[index];
      return part?.number === number && part.bytes === size;
    });
  if (!isWhole) throw new StorageFailure("UPLOAD_INCOMPLETE", "Parts are missing, or too many.");
  const query = [["uploadId", uploadId]] as const;
  await requests.text({ method: "POST", path, query, body: completeXml(sent) });
  const facts = await stat(requests, path);
  if (facts?.bytes === bytes) return facts;
  throw new StorageFailure("BROKEN", "The finished file has not the size of its parts.");
}

async function stat(requests: S3Requests, path: string): Promise<StoredFacts | null> {
  try {
    const answer = await requests.send({ method: "HEAD", path });
    await drain(answer);
    return factsOf(answer);
  } catch (error) {
    if (isProblem(error, "NOT_FOUND")) return null;
    throw error;
  }
}

type Files = Pick<Storage, "read" | "write" | "stat" | "remove">;

function filesOf({ requests, pathOf }: Parts): Files {
  return {
    async read(key, range) {
      const headers = range ? { range: `bytes=${range.start}-${range.end}` } : {};
      const answer = await requests.send({ method: "GET", path: pathOf(key), headers });
      return { ...factsOf(answer), body: answer.body };
    },
    async write({ key, contentType, body }) {
      const headers = { "content-type": contentType };
      const answer = await requests.send({ method: "PUT", path: pathOf(key), headers, body });
      await drain(answer);
      return { bytes: body.length, contentType, etag: etagOf(answer) };
    },
    stat: (key) => stat(requests, pathOf(key)),
    async remove(keys) {
      const waiting = [...keys];
      const next = async () => {
        for (let key = waiting.pop(); key !== undefined; key = waiting.pop()) {
          await drain(await requests.send({ method: "DELETE", path: pathOf(key) }));
        }
      };
      await Promise.all(Array.from({ length: REMOVALS_AT_ONCE }, next));
    },
  };
}

async function drain({ body }: S3Answer): Promise<void> {
  await body.dump();
}

function factsOf(answer: S3Answer): StoredFacts {
  const { "content-length": length, "content-type": type, "content-range": range } = answer.headers;
  const whole = /\/(\d+)$/.exec(String(range ?? ""))?.[1];
  return {
    bytes: Number(whole ?? length),
    contentType: String(type ?? ""),
    etag: etagOf(answer),
  };
}

function etagOf({ headers }: S3Answer): string {
  return String(headers.etag ?? "").replaceAll('"', "");
}

/** Signs for the beginning of the present half of its life, so that a page asks for it once. */
function linkOf(
  { key, expiresIn, contentType, fileName, disposition, holder }: LinkOptions,
  secret: string,
  sign: Parts["sign"],
  now: Date,
): SignedUrl {
  const halfMs = Math.max(1, Math.floor(expiresIn / 2)) * 1_000;
  const at = new Date(Math.floor(now.getTime() / halfMs) * halfMs);
  const query = [
    ["response-cache-control", `private, max-age=${Math.floor(halfMs / 1_000)}`],
    ["response-content-disposition", dispositionOf(disposition, fileName)],
    ["response-content-type", contentType],
  ] as const;
  const headers: Record<string, string> =
    holder === undefined ? {} : { [HOLDER_HEADER]: holderValue(secret, holder) };
  return sign({ method: "GET", key, query, headers, at, expiresIn });
}
