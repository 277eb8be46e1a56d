// The people of the load test and the events that they may choose: made before the load, through
// the API.
import { operation } from "../../schema/operations.ts";
import { dataOf } from "../kit/client.ts";
import { untilMatchingHas } from "../kit/pairs.ts";
import { aNewcomer, anEvent, aTokenHolder, type Person } from "../kit/stories.ts";

/** Somebody who wants to meet one other person, with whom they have a rare skill in common. */
export interface Visitor extends Person {
  readonly number: number;
  readonly partnerId: string;
}

export interface Town {
  readonly visitors: readonly Visitor[];
  readonly events: readonly { readonly id: string; readonly capacity: number }[];
}

const EVENTS = 20;
/** Every fifth event has more visitors than seats. */
const SCARCE = { every: 5, capacity: 20 };
const SEATS_FOR_ALL = 500;
/** Sign-ups at once. */
const AT_ONCE = 8;

/** A person's own address, told by a proxy that the routers trust: rates are by address. */
export const headersOf = (number: number) => ({
  "x-forwarded-for": `10.0.${number >> 8}.${number & 255}`,
});

/** `size` people in pairs. Resolves when matching knows their profiles and the events. */
export async function aTown(size: number): Promise<Town> {
  const people = await inTurns(size, (at) =>
    aNewcomer(`Visitor ${at}`, { headers: headersOf(at) }),
  );
  await inTurns(size, async (at) => {
    const input = { skills: [`Pair ${Math.floor(at / 2)}`], interests: ["Meeting people"] };
    await dataOf(operation("UpdateProfile"), { input }, { as: people[at]?.token });
  });
  const organizer = await aTokenHolder();
  const events = await inTurns(EVENTS, async (at) => {
    const capacity = at % SCARCE.every === 0 ? SCARCE.capacity : SEATS_FOR_ALL;
    return { id: await anEvent(organizer.token, { title: `Evening ${at}`, capacity }), capacity };
  });
  const ids = people.map(({ id }) => id);
  await untilMatchingHas("select from person where id = any($1) and skills <> '{}'", [ids], size);
  const eventIds = events.map(({ id }) => id);
  await untilMatchingHas("select from event where id = any($1)", [eventIds], EVENTS);
  await someBlock(people[0]?.token ?? "");
  const visitors = people.map((person, number) => {
    const partnerId = people[number % 2 === 0 ? number + 1 : number - 1]?.id ?? "";
    return { ...person, number, partnerId };
  });
  return { visitors, events };
}

/** A block of two strangers, so that there is one to compare in projections. */
async function someBlock(token: string): Promise<void> {
  const { id: userId } = await aNewcomer("Stranger");
  await dataOf(operation("BlockUser"), { input: { userId } }, { as: token });
}

/** Makes `count` things, a few at a time, and returns them in order. */
async function inTurns<T>(count: number, make: (at: number) => Promise<T>): Promise<T[]> {
  const made: T[] = [];
  for (let from = 0; from < count; from += AT_ONCE) {
    const numbers = Array.from({ length: Math.min(AT_ONCE, count - from) }, (_, at) => from + at);
    made.push(...(await Promise.all(numbers.map(make))));
  }
  return made;
}
