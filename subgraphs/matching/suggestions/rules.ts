// How well two people fit, and how much each reason contributes. Pure: no clock, no database. A
// preference is a weighted sum of features between 0 and 1; a score combines both directions.

/** The features, named as in the SDL, with their weights, which sum to 1. */
export const WEIGHTS = {
  COMPLEMENTARY_INTENTS: 0.3,
  SHARED_SKILLS: 0.25,
  SHARED_INTERESTS: 0.2,
  SHARED_EVENTS: 0.15,
  SHARED_LANGUAGES: 0.05,
  SAME_PLACE: 0.05,
} as const;

export type Feature = keyof typeof WEIGHTS;
export type Features = Readonly<Record<Feature, number>>;

const FEATURES = Object.keys(WEIGHTS) as Feature[];

/** One person of a pair, with the sums of the weights of all their skills and interests. */
export interface Side {
  readonly intents: readonly string[];
  readonly skillWeight: number;
  readonly interestWeight: number;
}

/** What two people have in common; topics are numbers, their weights. */
export interface Common {
  readonly skills: readonly number[];
  readonly interests: readonly number[];
  readonly languages: number;
  readonly events: number;
  readonly isSamePlace: boolean;
}

/** An intent, its counterpart, and the counterpart's worth to the person with the intent. */
interface Fit {
  readonly mine: string;
  readonly theirs: string;
  readonly worth: number;
}

const FITS: readonly Fit[] = [
  { mine: "FIND_MENTOR", theirs: "MENTOR", worth: 1 },
  { mine: "MENTOR", theirs: "FIND_MENTOR", worth: 0.8 },
  { mine: "FIND_WORK", theirs: "HIRE", worth: 1 },
  { mine: "HIRE", theirs: "FIND_WORK", worth: 1 },
  { mine: "RAISE_FUNDS", theirs: "INVEST", worth: 1 },
  { mine: "INVEST", theirs: "RAISE_FUNDS", worth: 0.8 },
  { mine: "FIND_COFOUNDER", theirs: "FIND_COFOUNDER", worth: 1 },
  { mine: "NETWORKING", theirs: "NETWORKING", worth: 0.4 },
];

/** The counterparts of intents. Unknown intents, and some others, have none. */
export function counterparts(intents: readonly string[]): string[] {
  const met = FITS.filter(({ mine }) => intents.includes(mine)).map(({ theirs }) => theirs);
  return [...new Set(met)];
}

/** The pairs of intents in which the two sides fit, worthiest first. */
export function fitsOf(mine: readonly string[], theirs: readonly string[]): Fit[] {
  return FITS.filter((fit) => mine.includes(fit.mine) && theirs.includes(fit.theirs)).sort(
    (a, b) => b.worth - a.worth,
  );
}

/** Added to a person's total weight, so that one shared topic of one is not the maximum. */
const SMOOTHING = 0.5;

/** The shared part of one side's total weight, smoothed; grows with each shared topic. */
export function overlap(shared: readonly number[], ownWeight: number): number {
  const sum = shared.reduce((total, weight) => total + weight, 0);
  return sum / (Math.max(ownWeight, sum) + SMOOTHING);
}

/** How much one side would like to meet the other, by feature; the features sum to at most 1. */
export function preference(mine: Side, theirs: Side, common: Common): Features {
  const felt: Features = {
    COMPLEMENTARY_INTENTS: fitsOf(mine.intents, theirs.intents)[0]?.worth ?? 0,
    SHARED_SKILLS: overlap(common.skills, mine.skillWeight),
    SHARED_INTERESTS: overlap(common.interests, mine.interestWeight),
    SHARED_EVENTS: 1 - 1 / (1 + common.events),
    SHARED_LANGUAGES: common.languages > 0 ? 1 : 0,
    SAME_PLACE: common.isSamePlace ? 1 : 0,
  };
  return byFeature((feature) => WEIGHTS[feature] * felt[feature]);
}

export interface Score {
  /** 0 to 1, the same from both sides. */
  readonly score: number;
  /** The part of each feature; the parts sum to the score. */
  readonly contributions: Features;
}

/**
 * Combines two preferences by their harmonic mean, as RECON does (Pizzato et al., RecSys 2010): it
 * is high only when both are. The mean H = 2ab/(a+b) is homogeneous of degree one, so by Euler's
 * theorem H = a·∂H/∂a + b·∂H/∂b, which distributes it over the terms of a and b.
 */
export function fuse(there: Features, back: Features): Score {
  const [a, b] = [sumOf(there), sumOf(back)];
  if (a === 0 || b === 0) return { score: 0, contributions: byFeature(() => 0) };
  const slopeA = (2 * b * b) / (a + b) ** 2;
  const slopeB = (2 * a * a) / (a + b) ** 2;
  return {
    score: (2 * a * b) / (a + b),
    contributions: byFeature((feature) => there[feature] * slopeA + back[feature] * slopeB),
  };
}

/** The score of two people. */
export function scoreOf(one: Side, other: Side, common: Common): Score {
  return fuse(preference(one, other, common), preference(other, one, common));
}

function sumOf(features: Features): number {
  return FEATURES.reduce((sum, feature) => sum + features[feature], 0);
}

function byFeature(partOf: (feature: Feature) => number): Features {
  return Object.fromEntries(FEATURES.map((feature) => [feature, partOf(feature)])) as Features;
}

const FRESH_MS = 10 * 60_000;

/** A list is used again for a first page while it is young and the profile has not changed. */
export function isFresh(
  run: { readonly personVersion: number; readonly createdAt: Date },
  personVersion: number,
  now: Date,
): boolean {
  // Another replica's clock may be ahead.
  const ageMs = Math.abs(now.getTime() - run.createdAt.getTime());
  return run.personVersion === personVersion && ageMs < FRESH_MS;
}
