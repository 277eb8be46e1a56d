// Guarantees about the facts of a file before it is sent.
import { expect, it } from "vitest";
import { contentTypeOf, fileNameOf } from "./file-facts.ts";

it.each([
  [{ name: "a.png", type: "image/png" }, "image/png"],
  [{ name: "voice", type: "audio/webm;codecs=opus" }, "audio/webm"],
  [{ name: "people.csv", type: "application/vnd.ms-excel" }, "text/csv"],
  [{ name: "old.xls", type: "application/vnd.ms-excel" }, "application/vnd.ms-excel"],
  [{ name: "Plan.PDF", type: "" }, "application/pdf"],
  [{ name: "what.xyz", type: "" }, "application/octet-stream"],
])("the type of %o is %s", (file, expected) => {
  expect(contentTypeOf(file)).toBe(expected);
});

it.each([
  ["Agenda.pdf", "Agenda.pdf"],
  ["a/b\\c:d.txt", "a_b_c_d.txt"],
  [".hidden", "hidden"],
  ["ends. ", "ends"],
  ["a\u202egnp.exe", "a_gnp.exe"],
  ["...", null],
])("the name %j is sent as %j", (name, expected) => {
  expect(fileNameOf(name)).toBe(expected);
});

it("a long name keeps its ending", () => {
  const name = fileNameOf(`${"é".repeat(300)}.pdf`) ?? "";
  expect([...name]).toHaveLength(200);
  expect(name.endsWith("é.pdf")).toBe(true);
});
