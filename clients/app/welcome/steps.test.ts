// Guarantees about the first steps: they go on where the person stopped, on any device, and end.
import { expect, it } from "vitest";
import { firstStep, type Newcomer, openSteps, STEPS, stepAfter, stepBefore } from "./steps.ts";

const NOTHING: Newcomer = {
  intents: [],
  skills: [],
  interests: [],
  headline: null,
  location: null,
  registrations: { edges: [] },
};

it("a person who has told nothing begins with the first question", () => {
  expect(firstStep(NOTHING)).toBe("intents");
  expect(openSteps(NOTHING)).toEqual(["intents", "topics", "card", "event"]);
});

it("what was told on another device is not asked again", () => {
  const told: Newcomer = { ...NOTHING, intents: ["MENTOR"], interests: ["Compilers"] };
  expect(firstStep(told)).toBe("card");
  expect(openSteps({ ...told, location: "Lyon" })).toEqual(["event"]);
});

it("a person who has told everything and is registered goes on to people", () => {
  const done: Newcomer = {
    ...NOTHING,
    intents: ["MENTOR"],
    skills: ["Rust"],
    headline: "Compilers",
    registrations: { edges: [1] },
  };
  expect(openSteps(done)).toEqual([]);
  expect(firstStep(done)).toBe("person");
});

it("forward and back go through all steps, and end", () => {
  expect(STEPS.map(stepAfter)).toEqual([...STEPS.slice(1), null]);
  expect(STEPS.map(stepBefore)).toEqual([null, ...STEPS.slice(0, -1)]);
});
