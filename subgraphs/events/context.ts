// The context of one request. Loaders live as long as the request, or one event of a subscription.

import { createKeyedQueue, type KeyedQueue } from "#kit/data/keyed-queue";
import { onDemand } from "#kit/data/loaders";
import type { Folded } from "#kit/data/refolding";
import type { Live } from "#kit/live/live";
import type { RequestContext } from "#kit/service/request";
import type { Storage } from "#kit/storage/storage";
import type { Database } from "./database.ts";
import { type CheckInLoaders, createCheckInLoaders } from "./door/check-ins/loaders.ts";
import { createDoorLoaders, type DoorLoaders } from "./door/door-list/loaders.ts";
import type { TicketCodes } from "./door/ticket-codes.ts";
import { createWalkInLoaders, type WalkInLoaders } from "./door/walk-ins/loaders.ts";
import type { FileLimits } from "./file-limits.ts";
import { type CoverLoaders, createCoverLoaders } from "./planning/covers/loaders.ts";
import { createEventLoaders, type EventLoaders } from "./planning/events/loaders.ts";
import { createHostLoaders, type HostLoaders } from "./planning/hosts/loaders.ts";
import { createListingLoaders, type ListingLoaders } from "./planning/listing/loaders.ts";
import { createManagedLoaders, type ManagedLoaders } from "./planning/managed/loaders.ts";
import { createQuestionLoaders, type QuestionLoaders } from "./planning/questions/loaders.ts";
import {
  createTicketTypeLoaders,
  type TicketTypeLoaders,
} from "./planning/ticket-types/loaders.ts";
import { type AnswerLoaders, createAnswerLoaders } from "./seats/answers/loaders.ts";
import { type AttendeeLoaders, createAttendeeLoaders } from "./seats/attendees/loaders.ts";
import { createOverviewLoaders, type OverviewLoaders } from "./seats/overview/loaders.ts";
import { createPositionLoaders, type PositionLoaders } from "./seats/position/loaders.ts";
import {
  createRegistrationLoaders,
  type RegistrationLoaders,
} from "./seats/registrations/loaders.ts";
import { eventOfStream } from "./streams.ts";

type Loaders = AnswerLoaders &
  AttendeeLoaders &
  CheckInLoaders &
  CoverLoaders &
  DoorLoaders &
  EventLoaders &
  HostLoaders &
  ListingLoaders &
  ManagedLoaders &
  OverviewLoaders &
  PositionLoaders &
  QuestionLoaders &
  RegistrationLoaders &
  TicketTypeLoaders &
  WalkInLoaders;

/** Shared by all requests. */
interface Services {
  readonly database: Database;
  readonly live: Live;
  /** Signs and verifies tickets. */
  readonly tickets: TicketCodes;
  /** Where files are. */
  readonly storage: Storage;
  readonly fileLimits: FileLimits;
  /** Whether events can be searched. */
  readonly folded: Folded;
}

export interface Context extends RequestContext, Services {
  /** Queues changes of the same event's registrations. */
  readonly queue: KeyedQueue;
  readonly loaders: Loaders;
}

/** Makes the contexts of requests over the same services. */
export function contextMaker(services: Services) {
  const { database } = services;
  const queue = createKeyedQueue();
  return (request: RequestContext): Context => {
    const { viewer } = request;
    const loaders = onDemand(() => {
      const hosts = createHostLoaders(database, viewer);
      return {
        ...hosts,
        ...createEventLoaders(database, {
          viewer,
          audienceOf: eventOfStream(request.feed),
          hostRights: hosts.hostRights,
        }),
        ...createCoverLoaders(database),
        ...createListingLoaders(database, viewer),
        ...createManagedLoaders(database, viewer),
        ...createQuestionLoaders(database),
        ...createTicketTypeLoaders(database),
        ...createAnswerLoaders(database),
        ...createAttendeeLoaders(database, viewer),
        ...createOverviewLoaders(database),
        ...createPositionLoaders(database),
        ...createRegistrationLoaders(database, viewer),
        ...createCheckInLoaders(database),
        ...createDoorLoaders(database),
        ...createWalkInLoaders(database),
      };
    });
    return {
      ...request,
      ...services,
      queue,
      get loaders() {
        return loaders();
      },
    };
  };
}
