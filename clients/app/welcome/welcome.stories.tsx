// The first steps of a new person: three questions, an event, and somebody to meet.
import type { Meta } from "@storybook/react-vite";
import { events } from "../../stories/fixtures/events.ts";
import { suggestions } from "../../stories/fixtures/matching.ts";
import { ada } from "../../stories/fixtures/people.ts";
import { broken, connection, never } from "../../stories/graph/answers.ts";
import { screen } from "../../stories/screen.tsx";

const meta: Meta = { title: "Screens/Welcome" };
export default meta;

const TOPICS = ["GraphQL", "TypeScript", "Teaching", "Music", "Sailing"];

/** She has told nothing yet. */
const NEW = { ...ada, intents: [], skills: [], interests: [], headline: null, location: null };

const at = (step: string, more: object = {}) =>
  screen(`/welcome/${step}`, {
    Query: {
      me: { ...NEW, registrations: connection([]) },
      user: NEW,
      suggestedTopics: TOPICS,
      events: connection(events),
      matchSuggestions: connection(suggestions),
      ...more,
    },
  });

export const Intents = at("intents");
export const Topics = at("topics");
export const Card = at("card");
export const FirstEvent = at("event");
export const NoEvents = at("event", { events: connection([]) });
export const FirstPerson = at("person");
export const Nobody = at("person", { matchSuggestions: connection([]) });
export const Loading = at("person", { matchSuggestions: never });
export const Failed = at("event", { events: broken });
