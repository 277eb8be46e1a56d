// The registrations of an event as the lines of a CSV file, a page of the database at a time.
import type { Database } from "../../database.ts";
import { BOM, csvLine } from "./rules.ts";
import { type ExportedRow, pageOfExport } from "./store.ts";

interface ExportedQuestion {
  readonly id: string;
  readonly text: string;
}

const ROWS = 500;
const HEADS = ["Registration", "Name", "Status", "Seats", "Ticket type", "Registered at", "Hidden"];

/** Constant memory: the next page is read when the last one has been taken. */
export async function* csvOf(
  database: Database,
  eventId: string,
  questions: readonly ExportedQuestion[],
): AsyncGenerator<string> {
  yield BOM + csvLine([...HEADS, ...questions.map(({ text }) => text)]);
  let after = 0;
  for (;;) {
    const rows = await pageOfExport(database, eventId, after, ROWS);
    if (rows.length > 0) yield rows.map((row) => csvLine(cellsOf(row, questions))).join("");
    if (rows.length < ROWS) return;
    after = rows.at(-1)?.requestedSeq ?? after;
  }
}

function cellsOf(row: ExportedRow, questions: readonly ExportedQuestion[]): string[] {
  const answers = questions.map(({ id }) => {
    const answer = row.answers?.[id] ?? "";
    return typeof answer === "string" ? answer : answer.join("; ");
  });
  return [
    row.id,
    row.name ?? "",
    row.status,
    String(row.partySize),
    row.ticketType ?? "",
    row.createdAt.toISOString(),
    row.isHidden ? "yes" : "no",
    ...answers,
  ];
}
