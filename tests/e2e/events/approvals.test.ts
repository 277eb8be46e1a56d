// Guarantees about approvals, declines and readmissions, and about changes of party size.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { newId } from "../../../kit/data/id.ts";
import { cancelEvent } from "../../../subgraphs/events/planning/lifecycle/actions.ts";
import { type EventSettings, type Events, openEvents } from "./harness.ts";

const NOW = new Date("2026-05-04T12:00:00Z");

let events: Events;
beforeAll(async () => {
  events = await openEvents();
});
afterAll(() => events.close());

interface Shown {
  readonly __typename: string;
  readonly registration?: { readonly id: string; readonly status: string };
  readonly outcomes?: readonly unknown[];
}

const SHOWN = `{ __typename
  ... on RegisterForEventSuccess { registration { ...Shown } }
  ... on ApproveRegistrationSuccess { registration { ...Shown } }
  ... on DeclineRegistrationSuccess { registration { ...Shown } }
  ... on ReadmitAttendeeSuccess { registration { ...Shown } }
  ... on ChangePartySizeSuccess { registration { ...Shown } }
  ... on AlreadyRegisteredProblem { registration { ...Shown } }
  ... on RegistrationStatusProblem { status }
  ... on NotEnoughSeatsProblem { seatsLeft waitlistLength }
  ... on PartyTooLargeProblem { capacity partySizeMax }
  ... on EventFullProblem { capacity seatsLeft }
  ... on Problem { reason } }
  fragment Shown on Registration { id status partySize waitlistPosition note cancelledBy
    isBarring }`;

/** The part of the selection that the result of a mutation has. */
function selected(mutation: string): string {
  const types: Readonly<Record<string, string>> = {
    registerForEvent: "RegisterForEvent AlreadyRegistered PartyTooLarge EventFull",
    approveRegistration: "ApproveRegistration RegistrationStatus EventFull",
    declineRegistration: "DeclineRegistration RegistrationStatus",
    readmitAttendee: "ReadmitAttendee RegistrationStatus",
    changePartySize: "ChangePartySize RegistrationStatus NotEnoughSeats PartyTooLarge",
  };
  const wanted = (types[mutation] ?? "").split(" ");
  return SHOWN.split("\n")
    .filter((line) => {
      const [, name = ""] = /\.\.\. on (\w+?)(?:Success|Problem)\b/.exec(line) ?? [];
      return name === "" || wanted.includes(name);
    })
    .join("\n");
}

async function mutate(who: string, mutation: string, input: object, now = NOW): Promise<Shown> {
  const type = mutation[0]?.toUpperCase() + mutation.slice(1);
  const query = `mutation($input: ${type}Input!) { ${mutation}(input: $input) ${selected(mutation)}`;
  const [head = "", fragment = ""] = query.split(/(?=\n\s*fragment Shown)/);
  const data = await events.ask<Record<string, Shown>>(who, now, `${head} } ${fragment}`, {
    input,
  });
  return data[mutation] ?? { __typename: "nothing" };
}

async function asked(who: string, eventId: string, partySize = 1): Promise<string> {
  const answer = await mutate(who, "registerForEvent", { eventId, partySize });
  return answer.registration?.id ?? answer.__typename;
}

async function event(settings: EventSettings): Promise<{ boss: string; eventId: string }> {
  const boss = newId();
  return { boss, eventId: await events.event(boss, NOW, settings) };
}

describe("an approval", () => {
  test("lets a registration join the list at the place of its request", async () => {
    const { boss, eventId } = await event({ capacity: 1, isApprovalRequired: true });
    const [ada, bob, cem] = [newId(), newId(), newId()];
    const ids = [await asked(ada, eventId), await asked(bob, eventId), await asked(cem, eventId)];
    const approve = (registrationId: string | undefined, who = boss) =>
      mutate(who, "approveRegistration", { registrationId });
    expect(await approve(ids[2])).toMatchObject({ registration: { status: "CONFIRMED" } });
    expect(await approve(ids[1])).toMatchObject({
      registration: { status: "WAITLISTED", waitlistPosition: 1 },
    });
    expect(await approve(ids[0])).toMatchObject({
      registration: { status: "WAITLISTED", waitlistPosition: 1 },
    });
    expect(await approve(ids[1])).toMatchObject({ registration: { waitlistPosition: 2 } });
    await expect(approve(ids[0], ada)).rejects.toThrow("NOT_FOUND");
  });

  test("in bulk has an outcome for each, and gives seats in the order of the requests", async () => {
    const { boss, eventId } = await event({
      capacity: 2,
      hasWaitlist: false,
      isApprovalRequired: true,
    });
    const people = [newId(), newId(), newId()];
    const ids: string[] = [];
    for (const who of people) ids.push(await asked(who, eventId));
    const elsewhere = await event({ isApprovalRequired: true });
    const foreign = await asked(newId(), elsewhere.eventId);
    const query = `mutation($input: ApproveRegistrationsInput!) { approveRegistrations(input: $input) {
      ... on ApproveRegistrationsSuccess { outcomes { registrationId registration { status }
        problem { __typename } } } } }`;
    const registrationIds = [ids[2], ids[0], foreign, "no id", ids[1]];
    const data = await events.ask<Record<string, Shown>>(boss, NOW, query, {
      input: { registrationIds },
    });
    const confirmed = { registration: { status: "CONFIRMED" }, problem: null };
    const unknown = { registration: null, problem: { __typename: "RegistrationNotFoundProblem" } };
    expect(data.approveRegistrations?.outcomes).toEqual([
      { registrationId: ids[2], registration: null, problem: { __typename: "EventFullProblem" } },
      { registrationId: ids[0], ...confirmed },
      { registrationId: foreign, ...unknown },
      { registrationId: "no id", ...unknown },
      { registrationId: ids[1], ...confirmed },
    ]);
    expect(await mutate(people[2] ?? "", "registerForEvent", { eventId })).toMatchObject({
      registration: { status: "PENDING_APPROVAL" },
    });
  });

  test("is counted for those who see people, and for nobody else", async () => {
    const { boss, eventId } = await event({ isApprovalRequired: true });
    const ada = newId();
    await asked(ada, eventId);
    const query = "query($id: ID!) { event(id: $id) { pendingCount seatsTaken } }";
    const counted = (who: string) => events.ask(who, NOW, query, { id: eventId });
    expect(await counted(boss)).toEqual({ event: { pendingCount: 1, seatsTaken: 0 } });
    expect(await counted(ada)).toEqual({ event: { pendingCount: null, seatsTaken: 0 } });
  });
});

describe("a decline", () => {
  test("has a note for the person, and sticks until they are readmitted", async () => {
    const { boss, eventId } = await event({ isApprovalRequired: true });
    const ada = newId();
    const registrationId = await asked(ada, eventId);
    const decline = (who: string, note: string) =>
      mutate(who, "declineRegistration", { registrationId, note });
    await expect(decline(ada, "")).rejects.toThrow("NOT_FOUND");
    const declined = {
      status: "DECLINED",
      note: "Members only",
      cancelledBy: "ORGANIZER",
      isBarring: true,
    };
    expect(await decline(boss, " Members only ")).toMatchObject({ registration: declined });
    expect(await decline(boss, "Another reason")).toMatchObject({ registration: declined });
    const query = `query($id: ID!) { event(id: $id) { viewerRegistration { note status } } }`;
    expect(await events.ask(ada, NOW, query, { id: eventId })).toEqual({
      event: { viewerRegistration: { note: "Members only", status: "DECLINED" } },
    });
    expect(await asked(ada, eventId)).toBe("NotAdmittedProblem");
    expect(await mutate(boss, "approveRegistration", { registrationId })).toMatchObject({
      __typename: "RegistrationStatusProblem",
      status: "DECLINED",
    });
    const readmit = (who: string) => mutate(who, "readmitAttendee", { registrationId });
    await expect(readmit(ada)).rejects.toThrow("NOT_FOUND");
    expect(await readmit(boss)).toMatchObject({
      registration: { status: "DECLINED", isBarring: false },
    });
    expect(await asked(ada, eventId)).not.toContain("Problem");
  });

  test("is for those who wait for approval: others are removed, and that sticks too", async () => {
    const { boss, eventId } = await event({});
    const ada = newId();
    const registrationId = await asked(ada, eventId);
    expect(await mutate(boss, "declineRegistration", { registrationId })).toMatchObject({
      __typename: "RegistrationStatusProblem",
      status: "CONFIRMED",
    });
    const remove = `mutation($input: CancelRegistrationInput!) {
      cancelRegistration(input: $input) { __typename } }`;
    await events.ask(boss, NOW, remove, { input: { registrationId } });
    expect(await asked(ada, eventId)).toBe("NotAdmittedProblem");
    await mutate(boss, "readmitAttendee", { registrationId });
    expect(await asked(ada, eventId)).not.toContain("Problem");
  });

  test("of a cancelled event stays as it is", async () => {
    const { boss, eventId } = await event({ isApprovalRequired: true });
    const registrationId = await asked(newId(), eventId);
    await mutate(boss, "declineRegistration", { registrationId });
    await cancelEvent(events.context(boss, NOW), eventId, "No room");
    const readmitted = await mutate(boss, "readmitAttendee", { registrationId });
    expect(readmitted).toMatchObject({ __typename: "EventCancelledProblem" });
  });
});

describe("a party", () => {
  const resize = (who: string, registrationId: string, partySize: number) =>
    mutate(who, "changePartySize", { registrationId, partySize });

  test("that shrinks frees its seats for those who wait, and grows only if nobody does", async () => {
    const { eventId } = await event({ capacity: 5, partySizeMax: 4 });
    const [ada, bob] = [newId(), newId()];
    const adas = await asked(ada, eventId, 4);
    const bobs = await asked(bob, eventId, 2);
    expect(await resize(ada, adas, 5)).toMatchObject({ __typename: "PartyTooLargeProblem" });
    expect(await resize(ada, adas, 3)).toMatchObject({ registration: { partySize: 3 } });
    expect(await resize(bob, bobs, 2)).toMatchObject({ registration: { status: "CONFIRMED" } });
    expect(await resize(ada, adas, 4)).toMatchObject({
      __typename: "NotEnoughSeatsProblem",
      seatsLeft: 0,
      waitlistLength: 0,
    });
    expect(await resize(bob, bobs, 1)).toMatchObject({ registration: { partySize: 1 } });
    expect(await resize(ada, adas, 4)).toMatchObject({ registration: { partySize: 4 } });
    await asked(newId(), eventId);
    await resize(ada, adas, 3);
    expect(await resize(ada, adas, 4)).toMatchObject({ __typename: "NotEnoughSeatsProblem" });
    await expect(resize(bob, adas, 1)).rejects.toThrow("NOT_FOUND");
  });

  test("that waits keeps its place, and gets seats when it shrinks so that it fits", async () => {
    const { eventId } = await event({ capacity: 4, passesMax: 0 });
    const [bob, cem] = [newId(), newId()];
    await asked(newId(), eventId, 2);
    const bobs = await asked(bob, eventId, 3);
    await asked(cem, eventId, 1);
    expect(await resize(bob, bobs, 4)).toMatchObject({
      registration: { status: "WAITLISTED", partySize: 4, waitlistPosition: 1 },
    });
    expect(await resize(bob, bobs, 1)).toMatchObject({ registration: { status: "CONFIRMED" } });
    expect(await mutate(cem, "registerForEvent", { eventId })).toMatchObject({
      registration: { status: "CONFIRMED" },
    });
  });
});
