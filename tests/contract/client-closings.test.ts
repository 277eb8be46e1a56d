// Guarantees about the client and the guide for sockets: the client does with each close code what
// the guide says.
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { type CloseAction, closeAction } from "../../clients/sdk/closings.ts";
import { projectFile } from "./project.ts";

const guide = readFileSync(projectFile("docs/guides/sockets.md"), "utf8");

const rows = [...guide.matchAll(/^\| (\d{4}) \|.*\| ([^|]*) \|$/gm)].map(
  ([, code = "", advice = ""]) => ({ code: Number(code), advice }),
);

function adviceFor(action: CloseAction): RegExp {
  if (action === "renew") return /refresh the session, connect again/;
  return action === "resume"
    ? /connect again|^nothing$/
    : /^(?:fix the client|send documents by id)/;
}

it("has a row for each code", () => {
  expect(rows.length).toBeGreaterThan(15);
});

it.each(rows)("$code: $advice", ({ code, advice }) => {
  expect(advice).toMatch(adviceFor(closeAction(code)));
});
