// Guarantees about questions while they are edited.
import { expect, test } from "vitest";
import { draftOf, emptyDraft, inputOf, mistakeIn, moved } from "./drafts.ts";

const choice = {
  ...emptyDraft("k"),
  kind: "CHOICE",
  text: " Days? ",
  options: "One\n\n Two ",
  isMultiple: true,
} as const;

test("a question is sent without blank lines and spaces", () => {
  expect(inputOf(choice)).toEqual({
    kind: "CHOICE",
    text: "Days?",
    options: ["One", "Two"],
    isMultiple: true,
    isRequired: false,
  });
});

test("a text has no options, also when it was a choice before", () => {
  expect(inputOf({ ...choice, kind: "TEXT" })).toMatchObject({ options: [], isMultiple: false });
});

test("a question that is there already keeps its id", () => {
  const asked = {
    id: "q",
    kind: "CHOICE",
    text: "Days?",
    options: ["One", "Two"],
    isMultiple: false,
    isRequired: true,
  } as const;
  expect(inputOf(draftOf({ __typename: "Question", ...asked }))).toEqual(asked);
});

test.each([
  ["text", { text: "  " }],
  ["noOptions", { options: "\n " }],
  ["manyOptions", { options: Array.from({ length: 21 }, (_, at) => `${at}`).join("\n") }],
  ["sameOptions", { options: "One\nOne " }],
  [null, {}],
])("the mistake is %s", (mistake, change) => {
  expect(mistakeIn({ ...choice, ...change })).toBe(mistake);
});

test("a row moves to another place, and not beyond the ends", () => {
  expect(moved(["a", "b", "c"], 0, 1)).toEqual(["b", "a", "c"]);
  expect(moved(["a", "b", "c"], 2, 0)).toEqual(["c", "a", "b"]);
  expect(moved(["a", "b"], 0, -1)).toEqual(["a", "b"]);
  expect(moved(["a", "b"], 1, 2)).toEqual(["a", "b"]);
});
