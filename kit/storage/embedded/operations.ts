// Which operation of S3 a signed request asks for. What is not listed here does not exist; nothing
// is ever listed to a client.
import { Refusal } from "#kit/storage/embedded/refusals";
import type { Verified } from "#kit/storage/embedded/verifying";
import { isKey } from "#kit/storage/keys";
import { PARTS_MAX } from "#kit/storage/parts";

/** Parameters by which a signed URL sets headers of the answer. */
const ANSWERED_HEADERS = {
  "response-content-type": "content-type",
  "response-content-disposition": "content-disposition",
  "response-cache-control": "cache-control",
} as const;

const ANSWERS = Object.keys(ANSWERED_HEADERS);

const OPERATIONS = [
  { name: "get", method: "GET", needs: [], may: ANSWERS, isForUrls: true },
  { name: "head", method: "HEAD", needs: [], may: ANSWERS, isForUrls: true },
  { name: "put", method: "PUT", needs: [], may: [], isForUrls: true },
  { name: "remove", method: "DELETE", needs: [], may: [], isForUrls: false },
  { name: "start", method: "POST", needs: ["uploads"], may: [], isForUrls: false },
  {
    name: "putPart",
    method: "PUT",
    needs: ["partNumber", "uploadId"],
    may: [],
    isForUrls: true,
  },
  { name: "parts", method: "GET", needs: ["uploadId"], may: [], isForUrls: false },
  { name: "complete", method: "POST", needs: ["uploadId"], may: [], isForUrls: false },
  { name: "abort", method: "DELETE", needs: ["uploadId"], may: [], isForUrls: false },
] as const;

export type OperationName = (typeof OPERATIONS)[number]["name"];

export interface Operation {
  readonly name: OperationName;
  readonly key: string;
  readonly uploadId: string;
  readonly partNumber: number;
  /** Headers of the answer that the signature names. */
  readonly answered: Readonly<Record<string, string>>;
}

/** Throws a `Refusal` for everything that is not one of them. */
export function operationOf(method: string, verified: Verified, bucket: string): Operation {
  const { path, query, isPresigned } = verified;
  const names = [...query.keys()];
  const found = OPERATIONS.find(
    ({ method: own, needs, may }) =>
      own === method &&
      needs.every((name) => query.has(name)) &&
      names.every((name) => [...needs, ...may].includes(name)),
  );
  if (!found) throw new Refusal("NotImplemented", "There is no such operation here.");
  if (isPresigned && !found.isForUrls) {
    throw new Refusal("AccessDenied", "This operation is not for signed URLs.");
  }
  const partNumber = found.name === "putPart" ? partNumberOf(query.get("partNumber") ?? "") : 0;
  const uploadId = query.get("uploadId") ?? "";
  return {
    name: found.name,
    key: keyOf(path, bucket),
    uploadId,
    partNumber,
    answered: answeredOf(query),
  };
}

function keyOf(path: string, bucket: string): string {
  const [, first, ...rest] = path.split("/");
  if (first !== bucket) throw new Refusal("NoSuchBucket", "There is no such bucket.");
  const key = rest.join("/");
  if (!isKey(key)) throw new Refusal("InvalidURI", "This is no key of ours.");
  return key;
}

function partNumberOf(text: string): number {
  const number = /^[1-9]\d{0,4}$/.test(text) ? Number(text) : 0;
  if (number >= 1 && number <= PARTS_MAX) return number;
  throw new Refusal("InvalidArgument", `partNumber must be from 1 to ${PARTS_MAX}.`);
}

function answeredOf(query: ReadonlyMap<string, string>): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, header] of Object.entries(ANSWERED_HEADERS)) {
    const value = query.get(name);
    if (value === undefined) continue;
    if (!/^[\x20-\x7e]{1,1000}$/.test(value)) {
      throw new Refusal("InvalidArgument", `${name} cannot be a header.`);
    }
    headers[header] = value;
  }
  return headers;
}
