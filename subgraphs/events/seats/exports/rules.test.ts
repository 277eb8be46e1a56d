// Guarantees about exported files.
import { describe, expect, test } from "vitest";
import { attachment, csvLine, fileNameOf } from "./rules.ts";

describe("a cell", () => {
  test.each(["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "＋1", "－1", "＠a"])(
    "that could be a formula is a text: %j",
    (text) => {
      const line = csvLine([text]);
      expect(line.replace(/^"/, "").startsWith("'")).toBe(true);
    },
  );

  test.each([
    ["plain", "plain"],
    ["a,b", '"a,b"'],
    ['say "hi"', '"say ""hi"""'],
    ["two\nlines", '"two\nlines"'],
    ['=HYPERLINK("x")', `"'=HYPERLINK(""x"")"`],
    ["a-b=c", "a-b=c"],
    ["Zoë 👋", "Zoë 👋"],
    ["", ""],
  ])("is written as RFC 4180 says: %j", (text, written) => {
    expect(csvLine([text, "x"])).toBe(`${written},x\r\n`);
  });
});

test("a file has a name that no path and no header can break", () => {
  expect(fileNameOf('Über Ätna / 3: "x"\r\n../..')).toBe("Über-Ätna-3-x-registrations.csv");
  expect(fileNameOf("…")).toBe("event-registrations.csv");
  const header = attachment(fileNameOf("Café 東京"));
  expect(header).toBe(
    'attachment; filename="Caf_-__-registrations.csv"; ' +
      "filename*=UTF-8''Caf%C3%A9-%E6%9D%B1%E4%BA%AC-registrations.csv",
  );
});
