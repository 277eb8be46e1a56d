// The texts of `npm start` on which people and scripts rely.
import { expect, test } from "vitest";
import { progressLine, reachable, welcome } from "./welcome.ts";

const facts = {
  graphqlUrl: "http://127.0.0.1:4000/graphql",
  dataDir: "/data",
  elapsedMs: 12_345,
  hasDemo: true,
  isProduction: false,
};

test("the ready line is there once, alone on its line", () => {
  const lines = welcome(facts).split("\n");
  const ready = "Meetinity is ready at http://127.0.0.1:4000/graphql";
  expect(lines.filter((line) => line.includes("is ready"))).toEqual([ready]);
});

test("it has two accounts, both IDEs, a first query and the start time", () => {
  const text = welcome(facts);
  expect(text).toContain("ada@meetinity.test or grace@meetinity.test");
  expect(text).toContain("correct horse battery staple");
  expect(text).toContain("http://127.0.0.1:4000/sandbox");
  expect(text).toContain("http://127.0.0.1:4000/graphiql");
  expect(text).toMatch(/-d '\{"query":"\{ events\(first: 3\)/);
  expect(text).toContain("12.3 s");
});

test("without demo data it has no account, and in production no IDE", () => {
  expect(welcome({ ...facts, hasDemo: false })).not.toContain("@meetinity.test");
  expect(welcome({ ...facts, isProduction: true })).not.toContain("/sandbox");
});

test("a router on every interface is shown with an address that a browser can open", () => {
  expect(reachable("http://0.0.0.0:4000/graphql")).toBe("http://127.0.0.1:4000/graphql");
  expect(reachable("http://127.0.0.1:4000/graphql")).toBe("http://127.0.0.1:4000/graphql");
});

test("progress lines are aligned", () => {
  expect(progressLine(412, "a")).toBe("   0.4 s  a");
  expect(progressLine(61_000, "a")).toBe("  61.0 s  a");
});
