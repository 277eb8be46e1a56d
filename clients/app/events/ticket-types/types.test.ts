// Guarantees about ticket types as somebody who registers sees them.
import { expect, test } from "vitest";
import { joined, prospectOf, sizesFor, type TicketTypeShown } from "./types.ts";

const event = {
  capacity: 20,
  partySizeMax: 10,
  seatsLeft: 0,
  waitlistLength: 3,
  hasWaitlist: true,
};
const type: TicketTypeShown = {
  id: "guests",
  name: "Guests",
  description: null,
  price: null,
  quota: 5,
  seatsLeft: 2,
  waitlistLength: 0,
  partySizeMax: null,
  isHidden: false,
};

test("seats that are set aside for a type are free while the event is full", () => {
  expect(prospectOf(event, null)).toBe("waitlist");
  expect(prospectOf(event, type)).toBe("free");
});

test("a full type has the event's waitlist, or none", () => {
  const full = { ...type, seatsLeft: 0 };
  expect(prospectOf(event, full)).toBe("waitlist");
  expect(prospectOf({ ...event, hasWaitlist: false }, full)).toBe("full");
  expect(prospectOf(event, { ...type, waitlistLength: 1 })).toBe("waitlist");
});

test("a party fits the event, the quota and the largest party of both", () => {
  expect(sizesFor(event, null)).toHaveLength(10);
  expect(sizesFor(event, type)).toHaveLength(5);
  expect(sizesFor(event, { ...type, partySizeMax: 2 })).toEqual([1, 2]);
  expect(sizesFor(event, { ...type, quota: null, partySizeMax: 40 })).toHaveLength(10);
});

test("a hidden type stands once, behind the others", () => {
  const hidden = { ...type, id: "press", isHidden: true };
  expect(joined([type], [type, hidden]).map(({ id }) => id)).toEqual(["guests", "press"]);
});
