// The steps of a new person, in order, and where they go on. Pure: it reads nothing.

export const QUESTIONS = ["intents", "topics", "card"] as const;
export const STEPS = [...QUESTIONS, "event", "person"] as const;

export type Question = (typeof QUESTIONS)[number];
export type Step = (typeof STEPS)[number];

export const isStep = (text: string | undefined): text is Step =>
  STEPS.some((step) => step === text);
export const isQuestion = (step: Step): step is Question => QUESTIONS.some((each) => each === step);

/** Null behind the last one. */
export const stepAfter = (step: Step): Step | null => STEPS[STEPS.indexOf(step) + 1] ?? null;
/** Null before the first one. */
export const stepBefore = (step: Step): Step | null => STEPS[STEPS.indexOf(step) - 1] ?? null;

/** The answers and deeds of a person. */
export interface Newcomer {
  readonly intents: readonly string[];
  readonly skills: readonly string[];
  readonly interests: readonly string[];
  readonly headline: string | null;
  readonly location: string | null;
  readonly registrations: { readonly edges: readonly unknown[] } | null;
}

/** The steps that the person has not done yet. Nothing tells whether they have met anybody. */
export function openSteps(newcomer: Newcomer): readonly Step[] {
  const { intents, skills, interests, headline, location, registrations } = newcomer;
  const isOpen: Readonly<Record<Exclude<Step, "person">, boolean>> = {
    intents: intents.length === 0,
    topics: skills.length === 0 && interests.length === 0,
    card: !headline && !location,
    event: !registrations?.edges.length,
  };
  return STEPS.filter((step) => step !== "person" && isOpen[step]);
}

/** Where a person begins, or goes on on another device. */
export const firstStep = (newcomer: Newcomer): Step => openSteps(newcomer)[0] ?? "person";
