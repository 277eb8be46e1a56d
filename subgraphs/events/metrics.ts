// The acts of people in events, for Prometheus. Nothing is counted by event or person.
import { counter } from "#kit/telemetry/metrics";

export const eventsPublished = counter("events_published_total", "Events that were published.");

export const registrationsMade = counter(
  "events_registrations_total",
  "Registrations that people made, by the status that they got.",
  ["status"],
);

export const checkInsMade = counter(
  "events_check_ins_total",
  "Scans that let somebody in, walk-ins not among them.",
);

export const walkInsMade = counter("events_walk_ins_total", "Parties without a registration.");
