// The fusion of two preferences, on real decisions that two people made about each other. The data
// (the public speed-dating study of Fisman and Iyengar: iid, pid, dec, match) are not part of the
// project; RECIPROCAL_DATA names the gzipped file. It validates the fusion alone, not our weights.
import { existsSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { expect, it } from "vitest";
import { type Features, fuse, WEIGHTS } from "./rules.ts";

const path = process.env.RECIPROCAL_DATA ?? "";
const isAbsent = !existsSync(path);
if (isAbsent) process.stderr.write("RECIPROCAL_DATA names no file: its test is left out.\n");

interface Decision {
  readonly from: number;
  readonly to: number;
  readonly isYes: boolean;
  readonly isMutual: boolean;
}

function readDecisions(): Decision[] {
  const [header = "", ...lines] = gunzipSync(readFileSync(path))
    .toString("utf8")
    .trim()
    .split("\n");
  const columns = header.split(",");
  return lines.map((line) => {
    const cells = line.split(",");
    const cell = (name: string) => Number(cells[columns.indexOf(name)]);
    const [from, to] = [cell("iid"), cell("pid")];
    return { from, to, isYes: cell("dec") === 1, isMutual: cell("match") === 1 };
  });
}

/** Both directions of an encounter go to the same half. */
const isHeldOut = ({ from, to }: Decision) =>
  (Math.min(from, to) * 31 + Math.max(from, to) * 17) % 2 === 0;

/** P(i says yes to j) from how often i says yes and how often j gets one, by logistic descent. */
function learn(decisions: readonly Decision[]): (from: number, to: number) => number {
  const readiness = new Map<number, number>();
  const appeal = new Map<number, number>();
  const of = (map: Map<number, number>, person: number) => map.get(person) ?? 0;
  const chance = (from: number, to: number) =>
    1 / (1 + Math.exp(-(of(readiness, from) + of(appeal, to) - 0.3)));
  for (let round = 0; round < 200; round += 1) {
    for (const { from, to, isYes } of decisions) {
      const miss = Number(isYes) - chance(from, to);
      readiness.set(from, of(readiness, from) + 0.05 * (miss - 0.05 * of(readiness, from)));
      appeal.set(to, of(appeal, to) + 0.05 * (miss - 0.05 * of(appeal, to)));
    }
  }
  return chance;
}

const only = (wish: number): Features => ({
  ...(Object.fromEntries(Object.keys(WEIGHTS).map((feature) => [feature, 0])) as Features),
  COMPLEMENTARY_INTENTS: wish,
});

/** NDCG@5 of matches, averaged over all people who have one among the held-out encounters. */
function ndcg(decisions: readonly Decision[], scoreOf: (from: number, to: number) => number) {
  const byPerson = new Map<number, Decision[]>();
  for (const each of decisions) byPerson.set(each.from, [...(byPerson.get(each.from) ?? []), each]);
  const gains = [...byPerson.values()].flatMap((met) => {
    const gain = (order: readonly Decision[]) =>
      order
        .slice(0, 5)
        .reduce((sum, { isMutual }, at) => sum + Number(isMutual) / Math.log2(at + 2), 0);
    const ideal = gain([...met].sort((a, b) => Number(b.isMutual) - Number(a.isMutual)));
    const ranked = [...met].sort((a, b) => scoreOf(b.from, b.to) - scoreOf(a.from, a.to));
    return ideal > 0 ? [gain(ranked) / ideal] : [];
  });
  return gains.reduce((sum, each) => sum + each, 0) / gains.length;
}

it.skipIf(isAbsent)("two-sided ranking finds more of the real matches than one-sided", () => {
  const decisions = readDecisions();
  const chance = learn(decisions.filter((each) => !isHeldOut(each)));
  const heldOut = decisions.filter(isHeldOut);
  const oneSided = ndcg(heldOut, chance);
  const twoSided = ndcg(
    heldOut,
    (from, to) => fuse(only(chance(from, to)), only(chance(to, from))).score,
  );
  process.stderr.write(
    `NDCG@5 one-sided ${oneSided.toFixed(3)}, two-sided ${twoSided.toFixed(3)}\n`,
  );
  expect(twoSided).toBeGreaterThan(oneSided + 0.03);
});
