// Guarantees about scores: they are bounded and symmetric, their reasons sum to them, one more
// thing in common never lowers them, and scoring both sides finds more matches than scoring one.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { reasonsOf } from "./reasons.ts";
import {
  type Common,
  counterparts,
  type Features,
  fuse,
  isFresh,
  overlap,
  preference,
  type Side,
  scoreOf,
  WEIGHTS,
} from "./rules.ts";

const INTENTS = [
  "NETWORKING",
  "FIND_WORK",
  "HIRE",
  "MENTOR",
  "FIND_MENTOR",
  "FIND_COFOUNDER",
  "RAISE_FUNDS",
  "INVEST",
  "SOMETHING_NEW",
];
const weight = fc.double({ min: 0.01, max: 1.5, noNaN: true });
const weights = fc.array(weight, { maxLength: 20 });
const sumOf = (parts: readonly number[]) => parts.reduce((sum, part) => sum + part, 0);

/** Two people and what they share; nobody shares more than they have. */
const pair = fc
  .record({
    intents: fc.tuple(fc.subarray(INTENTS), fc.subarray(INTENTS)),
    skills: weights,
    interests: weights,
    rest: fc.tuple(weights, weights),
    languages: fc.nat(3),
    events: fc.nat(5),
    isSamePlace: fc.boolean(),
  })
  .map(({ intents, rest, ...common }) => {
    const sides = intents.map((each, at): Side => {
      const others = sumOf(rest[at] ?? []);
      const skillWeight = sumOf(common.skills) + others;
      return { intents: each, skillWeight, interestWeight: sumOf(common.interests) + others };
    });
    const [one, other] = sides as [Side, Side];
    return { one, other, common: common as Common };
  });

const evidenceOf = ({ one, other, common }: { one: Side; other: Side; common: Common }) => ({
  intents: { mine: one.intents, theirs: other.intents },
  skills: common.skills.map((_, at) => `skill ${at}`),
  interests: common.interests.map((_, at) => `interest ${at}`),
  languages: ["en", "fr", "not a language"].slice(0, common.languages),
  events: common.events,
  location: "Berlin",
});

describe("a score", () => {
  it("lies between 0 and 1 and is the same from both sides", () => {
    fc.assert(
      fc.property(pair, ({ one, other, common }) => {
        const { score } = scoreOf(one, other, common);
        expect(score).toBeGreaterThanOrEqual(0);
        expect(score).toBeLessThanOrEqual(1);
        expect(scoreOf(other, one, common).score).toBeCloseTo(score, 12);
      }),
    );
  });

  it("is the sum of its reasons, each of which has words", () => {
    fc.assert(
      fc.property(pair, (each) => {
        const score = scoreOf(each.one, each.other, each.common);
        const reasons = reasonsOf(score, evidenceOf(each));
        expect(sumOf(reasons.map(({ contribution }) => contribution))).toBeCloseTo(score.score, 12);
        for (const { description, contribution } of reasons) {
          expect(contribution).toBeGreaterThan(0);
          expect(description).toMatch(/^(?:You|They) .+\.$/);
        }
      }),
    );
  });

  it("is not above either preference by more than the mean allows, and 0 when one is 0", () => {
    fc.assert(
      fc.property(pair, ({ one, other, common }) => {
        const there = sumOf(Object.values(preference(one, other, common)));
        const back = sumOf(Object.values(preference(other, one, common)));
        const { score } = scoreOf(one, other, common);
        expect(score).toBeLessThanOrEqual(2 * Math.min(there, back) + 1e-12);
        expect(score).toBeLessThanOrEqual((there + back) / 2 + 1e-12);
      }),
    );
    const none = { ...WEIGHTS, COMPLEMENTARY_INTENTS: 0, SHARED_SKILLS: 0, SHARED_INTERESTS: 0 };
    const nothing: Features = { ...none, SHARED_EVENTS: 0, SHARED_LANGUAGES: 0, SAME_PLACE: 0 };
    expect(fuse(WEIGHTS, nothing)).toEqual({ score: 0, contributions: nothing });
  });

  it("is never lowered by one more shared skill, language, event or interest", () => {
    fc.assert(
      fc.property(pair, weight, ({ one, other, common }, more) => {
        const before = scoreOf(one, other, common).score - 1e-12;
        const skilled = (side: Side) => ({ ...side, skillWeight: side.skillWeight + more });
        const skills = [...common.skills, more];
        // Both learn it, or one learns what the other knows already.
        for (const [a, b] of [
          [skilled(one), skilled(other)],
          [skilled(one), other],
          [one, skilled(other)],
        ] as const) {
          expect(scoreOf(a, b, { ...common, skills }).score).toBeGreaterThanOrEqual(before);
        }
        expect(overlap(skills, one.skillWeight + more)).toBeGreaterThanOrEqual(
          overlap(common.skills, one.skillWeight),
        );
        for (const grown of [
          { ...common, events: common.events + 1 },
          { ...common, languages: common.languages + 1 },
          { ...common, isSamePlace: true },
        ]) {
          expect(scoreOf(one, other, grown).score).toBeGreaterThanOrEqual(before);
        }
      }),
    );
  });

  it("has weights that sum to 1", () => {
    expect(sumOf(Object.values(WEIGHTS))).toBeCloseTo(1, 12);
  });
});

describe("intents and their counterparts", () => {
  it.each([
    ["FIND_MENTOR", "MENTOR"],
    ["FIND_WORK", "HIRE"],
    ["RAISE_FUNDS", "INVEST"],
    ["FIND_COFOUNDER", "FIND_COFOUNDER"],
    ["NETWORKING", "NETWORKING"],
  ])("%s and %s, in both directions", (mine, theirs) => {
    expect(counterparts([mine])).toEqual([theirs]);
    expect(counterparts([theirs])).toEqual([mine]);
  });

  it("an intent without a counterpart has none", () => {
    expect(counterparts(["SOMETHING_NEW"])).toEqual([]);
  });
});

/**
 * People for whom it is known who accepts whom: each has a taste and a character from a seed, and
 * some are liked by everyone.
 */
function village(seed: number, size: number) {
  let state = seed * 7_919;
  const draw = () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
  const people = Array.from({ length: size }, () => ({
    taste: [draw(), draw()],
    character: [draw(), draw()],
    charm: draw() ** 2,
  }));
  const distance = (a: readonly number[], b: readonly number[]) =>
    Math.hypot(...a.map((value, at) => value - (b[at] ?? 0)));
  /** How much one person would like to meet the other: the ground truth. */
  return people.map(({ taste }) =>
    people.map(({ character, charm }) =>
      Math.max(0.001, 0.6 * (1 - distance(taste, character) / Math.SQRT2) + 0.4 * charm),
    ),
  );
}

it("two-sided ranking brings more matches into the first 5 than one-sided, in every village", () => {
  const TOP = 5;
  const ACCEPTS_FROM = 0.6;
  const matchesBy = (
    wishes: readonly (readonly number[])[],
    rank: (there: number, back: number) => number,
  ) =>
    sumOf(
      wishes.map((row, i) => {
        const others = row.flatMap((there, j) =>
          i === j ? [] : [{ there, back: wishes[j]?.[i] ?? 0 }],
        );
        return others
          .sort((a, b) => rank(b.there, b.back) - rank(a.there, a.back))
          .slice(0, TOP)
          .filter(({ there, back }) => Math.min(there, back) >= ACCEPTS_FROM).length;
      }),
    );
  const harmonic = (there: number, back: number) => {
    const only = (wish: number): Features => ({
      ...fuse(WEIGHTS, WEIGHTS).contributions,
      SHARED_SKILLS: 0,
      SHARED_INTERESTS: 0,
      SHARED_EVENTS: 0,
      SHARED_LANGUAGES: 0,
      SAME_PLACE: 0,
      COMPLEMENTARY_INTENTS: wish,
    });
    return fuse(only(there), only(back)).score;
  };
  for (const seed of [1, 2, 3, 4, 5]) {
    const wishes = village(seed, 80);
    const oneSided = matchesBy(wishes, (there) => there);
    const twoSided = matchesBy(wishes, harmonic);
    expect(oneSided).toBeGreaterThan(0);
    expect(twoSided).toBeGreaterThan(1.3 * oneSided);
  }
});

it("a list is used again while it is young and made for the same version of the profile", () => {
  const createdAt = new Date("2026-05-04T12:00:00Z");
  const after = (minutes: number) => new Date(createdAt.getTime() + minutes * 60_000);
  const run = { personVersion: 3, createdAt };
  expect(isFresh(run, 3, after(9))).toBe(true);
  expect(isFresh(run, 3, after(10))).toBe(false);
  expect(isFresh(run, 4, after(1))).toBe(false);
  // Made a moment ago by a replica whose clock is ahead.
  expect(isFresh(run, 3, after(-1))).toBe(true);
});
