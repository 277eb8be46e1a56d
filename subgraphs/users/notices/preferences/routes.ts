// The plain route that mail programs call to unsubscribe (RFC 8058), and that people may open.
import { fail } from "#kit/errors";
import type { PlainRoute } from "#kit/service/plain-routes";
import type { Context } from "../../context.ts";
import { unsubscribe } from "./actions.ts";

const unsubscribing: PlainRoute<Context> = {
  method: "POST",
  path: "/notices/unsubscribe",
  who: "anybody",
  query: ["token"],
  bytesMax: 1024,
  timeMs: 10_000,
  async answer(context, { query }) {
    if (!(await unsubscribe(context, query.token ?? ""))) {
      throw fail("NOT_FOUND", "This link does not work: the account it belongs to is gone.");
    }
    return {
      headers: { "content-type": "text/plain; charset=utf-8" },
      chunks: textOf("You get no more mails of notifications.\n"),
    };
  },
};

async function* textOf(text: string) {
  yield text;
}

export const routes: readonly PlainRoute<Context>[] = [unsubscribing];
