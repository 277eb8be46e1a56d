// Covers of events. Of a drawn one the first tag chooses the motif, the id everything else.
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

/** A picture, and an address that has ended. */
export function Pictures() {
  return (["small", "thumb", "card", "banner"] as const).map((size) => (
    <EventCover key={size} id="graphql" tags={["GraphQL"]} size={size} picture={DUSK} />
  ));
}

export const Ended = () => (
  <EventCover id="graphql" tags={["GraphQL"]} size="card" picture={GONE} />
);

const DRAWN = `<svg xmlns="http://www.w3.org/2000/svg" width="640" height="360">
  <rect width="640" height="360" fill="midnightblue"/><circle cx="470" cy="110" r="60" fill="gold"/>
  <path d="M0 360 160 190 300 360 430 230 640 360Z" fill="slateblue"/>
</svg>`;
const DUSK = `data:image/svg+xml,${encodeURIComponent(DRAWN)}`;
const GONE = "data:image/webp;base64,AAAA";
