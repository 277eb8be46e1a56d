// The few documents of S3 that a client writes and reads. They are flat, and their texts are ids,
// numbers and hashes: expressions are enough.
import { StorageFailure } from "#kit/storage/failure";
import type { SentPart } from "#kit/storage/storage";

export function completeXml(parts: readonly SentPart[]): string {
  const texts = parts.map(
    ({ number, etag }) =>
      `<Part><PartNumber>${number}</PartNumber><ETag>&quot;${etag}&quot;</ETag></Part>`,
  );
  const namespace = "http://s3.amazonaws.com/doc/2006-03-01/";
  return `<CompleteMultipartUpload xmlns="${namespace}">${texts.join("")}</CompleteMultipartUpload>`;
}

export function uploadIdIn(text: string): string {
  return textIn(text, "UploadId");
}

/** The parts of `ListPartsResult`, by their numbers. */
export function partsIn(text: string): SentPart[] {
  if (/<IsTruncated>true</.test(text)) {
    throw new StorageFailure("REFUSED", "The upload has more parts than S3 lists at once.");
  }
  const parts = [...text.matchAll(/<Part>(.*?)<\/Part>/gs)].map(([, part = ""]) => ({
    number: Number(textIn(part, "PartNumber")),
    bytes: Number(textIn(part, "Size")),
    etag: textIn(part, "ETag").replaceAll('"', ""),
  }));
  return parts.sort((a, b) => a.number - b.number);
}

function textIn(text: string, name: string): string {
  const found = new RegExp(`<${name}>([^<]*)</${name}>`).exec(text)?.[1];
  if (found === undefined) throw new StorageFailure("REFUSED", `The answer has no ${name}.`);
  return found.replaceAll("&quot;", '"').replaceAll("&#34;", '"').replaceAll("&amp;", "&");
}
