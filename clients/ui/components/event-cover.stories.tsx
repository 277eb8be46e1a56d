// Drawn covers of events: the first tag chooses the motif, the id everything else.
import type { Meta } from "@storybook/react-vite";
import { EventCover } from "./event-cover.tsx";

const meta: Meta = { title: "Components/Event cover" };
export default meta;

export function Sizes() {
  return (["small", "thumb", "card", "banner"] as const).map((size) => (
    <EventCover key={size} id="graphql" tags={["GraphQL"]} size={size} />
  ));
}

export function Events() {
  return ["one", "two", "three", "four", "five", "six"].map((id) => (
    <EventCover key={id} id={id} tags={[id]} size="thumb" />
  ));
}
