// The shape of a demo person.

export interface Person {
  /** The local part of the e-mail address, by which events name their guests. */
  readonly account: string;
  readonly displayName: string;
  readonly headline: string;
  /** Sentences. */
  readonly bio: readonly string[];
  readonly location: string;
  /** BCP 47 tags, the mother tongue first. */
  readonly languages: readonly string[];
  readonly skills: readonly string[];
  readonly interests: readonly string[];
  readonly intents: readonly Intent[];
}

/** The values of the enum `Intent` in the schema. */
export type Intent =
  | "NETWORKING"
  | "FIND_WORK"
  | "HIRE"
  | "MENTOR"
  | "FIND_MENTOR"
  | "FIND_COFOUNDER"
  | "RAISE_FUNDS"
  | "INVEST";
