// Guarantees about the style sheets of clients: colours, sizes of text, radii and durations come
// from the tokens, and nothing stands at the left or the right.
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { projectFile, projectFiles } from "./project.ts";
import { breachesIn, customPropertiesIn, motionIn } from "./styles.ts";

const TOKENS = "clients/ui/look/tokens.css";

/** Breaches with their reasons, by file. */
const EXCEPTIONS: Readonly<Record<string, readonly RegExp[]>> = {
  "clients/app/people/suggestions/strip.module.css": [
    // As long as the answer can be undone, which is a matter of the code.
    /^\d+: animation: shrink 6s linear forwards: a duration$/,
  ],
  "clients/ui/components/avatar.module.css": [
    // Drawings are made of shapes.
    /^\d+: border-radius: 28%/,
  ],
};

/** Base UI sets these on the element of a popup. */
const OF_BASE_UI = ["--anchor-width", "--available-height"];

/** Drawings choose a tone by the id of what they stand for. */
const TONE = /^--(?:violet|plum|rose|amber|leaf|sea)-/;

const sheets = projectFiles(".css").filter((path) => path.startsWith("clients/"));
const read = (path: string) => readFileSync(projectFile(path), "utf8");

function unexcused(path: string): string[] {
  const excused = EXCEPTIONS[path] ?? [];
  const found = breachesIn(read(path)).filter((each) => !excused.some((one) => one.test(each)));
  return found.map((each) => `${path}:${each}`);
}

it("take colours, sizes of text, radii and durations from the tokens, and have no left or right", () => {
  expect(sheets.length).toBeGreaterThan(40);
  expect(sheets.filter((path) => path !== TOKENS).flatMap(unexcused)).toEqual([]);
});

it("move nothing for people who want no motion", () => {
  const moving = sheets.flatMap((path) => motionIn(read(path)).map((each) => `${path}:${each}`));
  expect(moving).toEqual([]);
});

it("use no custom property that nothing sets", () => {
  const all = sheets.map((path) => customPropertiesIn(read(path)));
  const set = new Set([...OF_BASE_UI, ...all.flatMap((each) => each.set)]);
  expect(all.flatMap((each) => each.used).filter((name) => !set.has(name))).toEqual([]);
});

it("use every token", () => {
  const tokens = customPropertiesIn(read(TOKENS)).set.filter((name) => !TONE.test(name));
  const sources = projectFiles(".css", ".ts", ".tsx").filter((path) => path.startsWith("clients/"));
  const text = sources.map(read).join("\n");
  expect(tokens.length).toBeGreaterThan(30);
  expect([...new Set(tokens)].filter((name) => !text.includes(`var(${name})`))).toEqual([]);
});

describe("found is", () => {
  it.each([
    ["a colour", "a { color: #fff; }"],
    ["a colour of two themes", "a { border: 1px solid light-dark(red, blue); }"],
    ["a colour by its name", "a { background: white; }"],
    ["a size of text", "a { font-size: 0.9rem; }"],
    ["a radius", "a { border-radius: 4px; }"],
    ["a duration", "a { transition: opacity 200ms; }"],
    ["a side", "a { margin-left: var(--space-2); }"],
    ["a place", "@media (width > 1px) { a { left: 0; } }"],
    ["a side of a text", "a { text-align: right; }"],
  ])("%s", (_, css) => {
    expect(breachesIn(css)).toHaveLength(1);
  });

  it("an animation that everybody sees", () => {
    const css = "a { animation: pulse var(--breath); }";
    expect(motionIn(css)).toHaveLength(1);
    expect(motionIn(`@media (prefers-reduced-motion: no-preference) { ${css} }`)).toEqual([]);
    expect(motionIn(`@media (width > 1px) { ${css} }`)).toHaveLength(1);
    expect(motionIn("a { transition: opacity var(--quick); }")).toEqual([]);
  });

  it("nothing in a sheet of tokens and logical properties", () => {
    const css = `/* color: #fff; */ a { color: var(--text); inset-inline-start: 0; text-align: start;
      animation: pulse var(--breath) infinite; border-radius: var(--radius); font-size: 1em; }`;
    expect(breachesIn(css)).toEqual([]);
  });
});
