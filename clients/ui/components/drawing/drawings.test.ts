// Guarantees about drawings: the same id gives the same drawing.
import { expect, test } from "vitest";
import { coverOf } from "./cover.ts";
import { portraitOf } from "./portrait.ts";

const ids = Array.from({ length: 200 }, (_, index) => `0193a5c0-0000-7000-8000-${index}`);

test("a person and an event keep their drawing", () => {
  for (const id of ids) {
    expect(portraitOf(id, "person")).toEqual(portraitOf(id, "person"));
    expect(coverOf(id, "rust")).toEqual(coverOf(id, "rust"));
  }
});

test("of 200 people, groups and events nearly all look different", () => {
  const differing = (draw: (id: string) => unknown) =>
    new Set(ids.map((id) => JSON.stringify(draw(id)))).size;
  expect(differing((id) => portraitOf(id, "person"))).toBeGreaterThan(190);
  expect(differing((id) => portraitOf(id, "group"))).toBeGreaterThan(180);
  expect(differing((id) => coverOf(id, "rust"))).toBe(200);
});

test("a group never looks like the person with the same id", () => {
  for (const id of ids) {
    expect(portraitOf(id, "group").shapes).not.toEqual(portraitOf(id, "person").shapes);
  }
});

test("initials stand on soft and mid tones only", () => {
  for (const id of ids) {
    for (const kind of ["person", "group"] as const) {
      const { back, shapes, ink } = portraitOf(id, kind);
      expect(ink).toMatch(/-ink\)$/);
      for (const colour of [back, ...shapes.map((shape) => shape.colour)]) {
        expect(colour).toMatch(/^var\(--[a-z]+-(soft|mid)\)$/);
      }
    }
  }
});

test("events with one first tag share their tone, however it is written", () => {
  const tones = ids.map((id) => toneOf(coverOf(id, id.endsWith("7") ? "Rust" : "rust").shapes));
  const [first] = tones;
  expect(tones.every((found) => found.includes(first?.[0] ?? ""))).toBe(true);
});

test("a cover is small: at most 12 KB, however it falls out", () => {
  for (const id of [...ids, ""]) {
    const { shapes } = coverOf(id, undefined);
    expect(shapes.reduce((sum, { d }) => sum + d.length, 0)).toBeLessThan(12_000);
    expect(shapes.map(({ d }) => d).join("")).not.toMatch(/NaN|Infinity|undefined/);
  }
});

const toneOf = (shapes: readonly { readonly colour: string }[]) =>
  shapes.map(({ colour }) => colour.replace(/var\(--|-[a-z]+\)/g, ""));
