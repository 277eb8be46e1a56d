// Writes CSV as RFC 4180 says, safe to open in a spreadsheet. Pure.

/** Tells spreadsheets that the file is UTF-8. */
export const BOM = "\uFEFF";

/**
 * A cell that begins with one of these is a formula to some spreadsheet, also in its wide form or
 * behind a line break. An apostrophe makes it a text: OWASP, "CSV Injection".
 */
const FORMULA = /^[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]/;

function cell(text: string): string {
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** A line with its end. */
export function csvLine(cells: readonly string[]): string {
  return `${cells.map(cell).join(",")}\r\n`;
}

/** The name of the file: letters of every script stay, what paths and headers may not have goes. */
export function fileNameOf(title: string): string {
  const words = title.match(/[\p{L}\p{N}]+/gu) ?? [];
  return `${words.join("-").slice(0, 60) || "event"}-registrations.csv`;
}

/** `Content-Disposition` of an attachment with a name of any script: RFC 6266. */
export function attachment(name: string): string {
  const plain = name.replace(/[^\w.-]/g, "_");
  const encoded = encodeURIComponent(name).replace(/['()*]/g, percent);
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`;
}

const percent = (character: string) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
