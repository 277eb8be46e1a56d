// The parts that the document of `CompleteMultipartUpload` lists. It is read strictly: what else
// stands in it is refused.
import { Refusal } from "#kit/storage/embedded/refusals";
import { PARTS_MAX } from "#kit/storage/parts";

const LIST =
  /^(?:<\?xml[^<>]*\?>)?\s*<CompleteMultipartUpload[^<>]*>(.*)<\/CompleteMultipartUpload>\s*$/s;
const PART = /<Part>(.*?)<\/Part>/gs;
const NUMBER = /<PartNumber>([1-9]\d{0,4})<\/PartNumber>/;
const ETAG = /<ETag>(?:"|&quot;|&#34;)?([0-9a-f]{32})(?:"|&quot;|&#34;)?<\/ETag>/;

export interface ListedPart {
  readonly number: number;
  readonly etag: string;
}

/** In the order of the document. Throws a `Refusal`. */
export function partsIn(text: string): ListedPart[] {
  const list = LIST.exec(text)?.[1] ?? "";
  const parts = [...list.matchAll(PART)].map(([, part = ""]) => partIn(part));
  const isAll = list.replaceAll(PART, "").trim() === "";
  if (!isAll || parts.length === 0 || parts.length > PARTS_MAX) throw malformed();
  return parts;
}

function partIn(text: string): ListedPart {
  const number = Number(NUMBER.exec(text)?.[1] ?? 0);
  const etag = ETAG.exec(text)?.[1] ?? "";
  const isAll = text.replace(NUMBER, "").replace(ETAG, "").trim() === "";
  if (number === 0 || etag === "" || !isAll) throw malformed();
  return { number, etag };
}

function malformed(): Refusal {
  return new Refusal("MalformedXML", "The list of parts is not as S3 writes it.");
}
