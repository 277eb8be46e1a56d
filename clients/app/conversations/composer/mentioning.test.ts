// Guarantees about mentions in a text that is being written.
import { expect, test } from "vitest";
import {
  completed,
  mentionsIn,
  suggested,
  suggestsAll,
  typedAt,
  wordsForAll,
} from "./mentioning.ts";

const ada = { id: "ada", displayName: "Ada" };
const lovelace = { id: "love", displayName: "Ada Lovelace" };
const zoe = { id: "zoe", displayName: "Zoé Martin" };
const people = [ada, lovelace, zoe];

test.each([
  ["@", 1, { start: 0, query: "" }],
  ["Hi @ad", 6, { start: 3, query: "ad" }],
  ["Hi @Ada Lo", 10, { start: 3, query: "Ada Lo" }],
  ["(@ad", 4, { start: 1, query: "ad" }],
  ["ada@example", 11, null],
  ["Hi @ad there", 3, null],
  ["@ ad", 4, null],
  ["@ada\nhello", 10, null],
  ["no name", 7, null],
])("in %j a name is typed at %i: %j", (text, caret, typed) => {
  expect(typedAt(text, caret)).toEqual(typed);
});

test.each([
  ["", ["ada", "love", "zoe"]],
  ["AD", ["ada", "love"]],
  ["love", ["love"]],
  ["zoe", ["zoe"]],
  ["ada lov", ["love"]],
  ["x", []],
])("%j suggests %j", (query, ids) => {
  expect(suggested(query, people).map(({ id }) => id)).toEqual(ids);
});

test("all members are suggested in each language", () => {
  expect(["", "a", "ALL", "to", "alle"].map(suggestsAll)).toEqual([true, true, true, true, false]);
});

test("a chosen name takes the place of what was typed, and the caret is behind it", () => {
  expect(completed("Hi @lo", { start: 3, query: "lo" }, "Ada Lovelace")).toEqual({
    text: "Hi @Ada Lovelace ",
    caret: 17,
  });
  expect(completed("@ad, hello", { start: 0, query: "ad" }, "Ada").text).toBe("@Ada , hello");
  expect(completed("@ad hello", { start: 0, query: "ad" }, "Ada").text).toBe("@Ada hello");
});

test("a text mentions the members whose whole names are in it", () => {
  const inText = (text: string) =>
    mentionsIn(text, people, new Set()).map(({ userId, start, length }) => [
      userId,
      text.slice(start, start + length),
    ]);
  expect(inText("@Ada and @Ada Lovelace, @Zoé Martin!")).toEqual([
    ["ada", "@Ada"],
    ["love", "@Ada Lovelace"],
    ["zoe", "@Zoé Martin"],
  ]);
  expect(inText("@Adam, x@Ada, @ada, Ada")).toEqual([]);
});

test("of people with the same name, the chosen one is mentioned", () => {
  const twins = [ada, { id: "other", displayName: "Ada" }];
  const [mention] = mentionsIn("@Ada", twins, new Set(["other"]));
  expect(mention?.userId).toBe("other");
});

test("a text has at most 20 mentions", () => {
  expect(mentionsIn("@Ada ".repeat(30), people, new Set())).toHaveLength(20);
});

test("the words for all members are found, whole ones only", () => {
  const words = (text: string) =>
    wordsForAll(text).map(({ start, length }) => text.slice(start, start + length));
  expect(words("@all, @TOUS and @allo or x@all")).toEqual(["@all", "@TOUS"]);
});
