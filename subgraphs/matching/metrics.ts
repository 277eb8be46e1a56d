// The acts of people in matching, for Prometheus. Nothing is counted by person.
import { counter } from "#kit/telemetry/metrics";

export const answersGiven = counter(
  "matching_answers_total",
  "Answers to suggestions that were stored.",
  ["answer"],
);

export const matchesMade = counter("matching_matches_total", "Matches of two people.");
