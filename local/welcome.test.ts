// The texts of `npm start` on which people and scripts rely.
import { expect, test } from "vitest";
import { progressLine, publicUrlOf, reachable, welcome } from "./welcome.ts";

const facts = {
  graphqlUrl: "http://127.0.0.1:4000/graphql",
  appsUrl: "http://localhost:4000/",
  dataDir: "/data",
  elapsedMs: 12_345,
  hasDemo: true,
  isProduction: false,
  hasMailServer: false,
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

test("it has the addresses of the apps, if they are served", () => {
  expect(welcome(facts)).toContain("  The app    http://localhost:4000/app/\n");
  expect(welcome(facts)).toContain("  The portal http://localhost:4000/admin/ ");
  expect(welcome({ ...facts, appsUrl: null })).not.toMatch(/\/(?:app|admin)\//);
});

test("apps are at localhost, at PUBLIC_URL, or at the address that the router listens on", () => {
  const peopleAt = (host: string, publicUrl?: string) =>
    publicUrlOf(`http://${host}:4000/graphql`, publicUrl);
  expect(peopleAt("127.0.0.1")).toBe("http://localhost:4000/");
  expect(peopleAt("10.0.0.7")).toBe("http://10.0.0.7:4000/");
  expect(peopleAt("127.0.0.1", "https://m.example")).toBe("https://m.example/");
});

test("without demo data it has no account, and in production no IDE", () => {
  expect(welcome({ ...facts, hasDemo: false })).not.toContain("@meetinity.test");
  expect(welcome({ ...facts, isProduction: true })).not.toContain("/sandbox");
});

test("it says where mails go, unless they go to people", () => {
  expect(welcome(facts)).toContain("  Mails      http://127.0.0.1:4000/mailbox\n");
  expect(welcome({ ...facts, isProduction: true })).toContain("No mail is sent");
  expect(welcome({ ...facts, hasMailServer: true })).not.toMatch(/mail(?:box| is)/);
});

test("a router on every interface is shown with an address that a browser can open", () => {
  expect(reachable("http://0.0.0.0:4000/graphql")).toBe("http://127.0.0.1:4000/graphql");
  expect(reachable("http://127.0.0.1:4000/graphql")).toBe("http://127.0.0.1:4000/graphql");
});

test("progress lines are aligned", () => {
  expect(progressLine(412, "a")).toBe("   0.4 s  a");
  expect(progressLine(61_000, "a")).toBe("  61.0 s  a");
});
