// The plain route of exports: the file with all registrations of an event.
import { fail } from "#kit/errors";
import type { PlainRoute } from "#kit/service/plain-routes";
import type { Context } from "../../context.ts";
import { openExport } from "./actions.ts";

const registrationsCsv: PlainRoute<Context> = {
  method: "GET",
  path: "/:eventId/registrations.csv",
  who: "anybody",
  query: ["token"],
  bytesMax: 512 * 1024 * 1024,
  timeMs: 10 * 60_000,
  async answer(context, { parameters, query }) {
    const opened = await openExport(context, parameters.eventId ?? "", query.token);
    if (!opened) throw fail("NOT_FOUND", "This link does not work, or no longer.");
    return {
      headers: {
        "content-type": "text/csv; charset=utf-8; header=present",
        "content-disposition": opened.disposition,
      },
      chunks: opened.chunks,
    };
  },
};

export const routes: readonly PlainRoute<Context>[] = [registrationsCsv];
