// The name and type of a file as the graph takes them. Pure.

interface Given {
  readonly name?: string;
  readonly type: string;
}

const NAME_MAX = 200;
/** Folders, and what file systems do not take. */
const NO_NAME = /[/\\:*?"<>|\p{Cc}\p{Cf}]/gu;

const OFFICE = "application/vnd.openxmlformats-officedocument";
const OPEN_DOCUMENT = "application/vnd.oasis.opendocument";

/** Of endings for which a device without such a program knows no type. */
const TYPES: Readonly<Record<string, string>> = {
  csv: "text/csv",
  docx: `${OFFICE}.wordprocessingml.document`,
  odp: `${OPEN_DOCUMENT}.presentation`,
  ods: `${OPEN_DOCUMENT}.spreadsheet`,
  odt: `${OPEN_DOCUMENT}.text`,
  pdf: "application/pdf",
  pptx: `${OFFICE}.presentationml.presentation`,
  txt: "text/plain",
  xlsx: `${OFFICE}.spreadsheetml.sheet`,
};

/** Types of Windows and of older programs, by the names that the graph knows. */
const OTHER_NAMES: Readonly<Record<string, string>> = {
  "application/vnd.ms-excel": "text/csv",
  "audio/mp3": "audio/mpeg",
  "audio/x-m4a": "audio/mp4",
  "audio/x-wav": "audio/wav",
  "image/jpg": "image/jpeg",
};

const endingOf = (name: string) => /\.(\w{1,5})$/.exec(name)?.[1]?.toLowerCase() ?? "";

/** `application/octet-stream` when it cannot be known: the graph refuses that. */
export function contentTypeOf({ name = "", type }: Given): string {
  const bare = (type.split(";", 1)[0] ?? "").trim().toLowerCase();
  const ending = endingOf(name);
  // Windows with Excel says so of CSV files; an old workbook has another ending.
  if (bare === "application/vnd.ms-excel" && ending !== "csv") return bare;
  if (bare !== "") return OTHER_NAMES[bare] ?? bare;
  return TYPES[ending] ?? "application/octet-stream";
}

/** A name without folders and signs that no file has; null for none. */
export function fileNameOf(name: string): string | null {
  const clean = name
    .replaceAll(NO_NAME, "_")
    .replace(/^[.\s]+/, "")
    .replace(/[.\s]+$/, "");
  if (clean === "") return null;
  const letters = [...clean];
  if (letters.length <= NAME_MAX) return clean;
  const ending = endingOf(clean);
  const rest = ending === "" ? "" : `.${ending}`;
  return `${letters.slice(0, NAME_MAX - rest.length).join("")}${rest}`;
}
