// The data of the step of the first event: the events that fit, and where the viewer is registered.
import {
  FindEvents,
  MyRegistrations,
  RegisterForEvent,
  type RegisterForEventMutation,
} from "@meetinity/client/operations";
import { client } from "../../shell/client.ts";
import { type Fitting, fittingEvents } from "../fitting.ts";

/** A registration of the viewer for an event that is coming. */
export interface Own {
  readonly eventId: string;
  readonly title: string;
  readonly status: string;
}

export interface Choices {
  readonly fitting: readonly Fitting[];
  readonly own: readonly Own[];
}

/** Of all that are coming, the soonest. */
const EVENTS_FIRST = 12;
/** About one of the viewer's words: they may be far ahead of the soonest. */
const TAGGED_FIRST = 3;
const WORDS_MAX = 5;
const REGISTRATIONS_FIRST = 20;
const ENDED: readonly string[] = ["CANCELLED", "DECLINED", "EXPIRED"];

/** `words` are the skills and interests of the viewer. */
export async function readChoices(words: readonly string[]): Promise<Choices> {
  const about = (word: string) =>
    client.run(FindEvents, { first: TAGGED_FIRST, filter: { tags: [word] } });
  const [soonest, { me }, ...tagged] = await Promise.all([
    client.run(FindEvents, { first: EVENTS_FIRST }),
    client.run(MyRegistrations, { first: REGISTRATIONS_FIRST }),
    ...words.slice(0, WORDS_MAX).map(about),
  ]);
  const now = new Date();
  const own = (me?.registrations?.edges ?? []).flatMap(({ node: { event, status } }): Own[] => {
    const isComing = event != null && new Date(event.endsAt) > now && !ENDED.includes(status);
    return isComing ? [{ eventId: event.id, title: event.title, status }] : [];
  });
  const nodes = [soonest, ...tagged].flatMap(({ events }) => events.edges.map(({ node }) => node));
  const found = new Map(nodes.map((node) => [node.id, node]));
  return { own, fitting: fittingEvents([...found.values()], words, now) };
}

export type Registered = RegisterForEventMutation["registerForEvent"];

/** One seat, with nothing else told. The same key registers once. */
export async function register(eventId: string, idempotencyKey: string): Promise<Registered> {
  const input = { eventId, idempotencyKey };
  const options = { isSafeToRepeat: true };
  return (await client.run(RegisterForEvent, { input }, options)).registerForEvent;
}
