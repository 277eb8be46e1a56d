// The context of one request. Loaders live as long as the request.
import type { Folded } from "#kit/data/refolding";
import type { Live } from "#kit/live/live";
import type { AllowedRanges } from "#kit/outbound/addresses";
import type { RequestContext } from "#kit/service/request";
import type { Storage } from "#kit/storage/storage";
import type { SummaryFeed } from "#kit/telemetry/summary-feed";
import type { Sealing } from "#kit/trust/sealing";
import {
  createPendingEmailLoaders,
  type PendingEmailLoaders,
} from "./accounts/addresses/loaders.ts";
import { createSessionLoaders, type SessionLoaders } from "./accounts/devices/loaders.ts";
import type { Passwords } from "./accounts/hashing.ts";
import { createLeavingLoaders, type LeavingLoaders } from "./accounts/leaving/loaders.ts";
import { createRoleLoaders, type RoleLoaders } from "./accounts/roles/loaders.ts";
import { createFactorLoaders, type FactorLoaders } from "./accounts/second-factor/loaders.ts";
import type { AccessTokens } from "./accounts/sessions/access-tokens.ts";
import { type AddressLoaders, createAddressLoaders } from "./accounts/sessions/loaders.ts";
import { createSuspensionLoaders, type SuspensionLoaders } from "./accounts/suspensions/loaders.ts";
import type { Database } from "./database.ts";
import type { EmailVerification } from "./email-verification.ts";
import type { FileLimits } from "./file-limits.ts";
import type { Role } from "./generated/prisma/enums.ts";
import { createNotificationLoaders, type NotificationLoaders } from "./notices/centre/loaders.ts";
import {
  createPreferencesLoaders,
  type PreferencesLoaders,
} from "./notices/preferences/loaders.ts";
import {
  createPushSubscriptionLoaders,
  type PushSubscriptionLoaders,
} from "./notices/push-subscriptions/loaders.ts";
import { type AvatarLoaders, createAvatarLoaders } from "./people/avatars/loaders.ts";
import { type BlockLoaders, createBlockLoaders } from "./people/blocks/loaders.ts";
import { createNameLoaders, type NameLoaders } from "./people/names/loaders.ts";
import { createUserLoaders, type UserLoaders } from "./people/profiles/loaders.ts";

/** Shared by all requests. */
export interface Services {
  readonly database: Database;
  readonly live: Live;
  readonly passwords: Passwords;
  readonly accessTokens: AccessTokens;
  readonly sealing: Sealing;
  /** How long a person who leaves can come back. */
  readonly graceMs: number;
  readonly emailVerification: EmailVerification;
  /** Roles that count only with a second factor. */
  readonly secondFactorRequiredFor: ReadonlySet<Role>;
  /** Whether people can be searched. */
  readonly folded: Folded;
  /** Where files are. */
  readonly storage: Storage;
  readonly fileLimits: FileLimits;
  /** Of pushes to browsers; null where there are none. */
  readonly webPushKey: string | null;
  /** Where pushes may go beside public addresses. */
  readonly outboundAllowed: AllowedRanges;
  /** The summaries of all processes. */
  readonly summaries: SummaryFeed;
}

export interface Context extends RequestContext, Services {
  readonly loaders: UserLoaders &
    PendingEmailLoaders &
    SessionLoaders &
    AddressLoaders &
    RoleLoaders &
    FactorLoaders &
    AvatarLoaders &
    BlockLoaders &
    NameLoaders &
    SuspensionLoaders &
    LeavingLoaders &
    NotificationLoaders &
    PreferencesLoaders &
    PushSubscriptionLoaders;
}

/** Makes the contexts of requests over the same services. */
export function contextMaker(services: Services) {
  return (request: RequestContext): Context => ({
    ...request,
    ...services,
    loaders: {
      ...createUserLoaders(services.database),
      ...createAddressLoaders(services.database),
      ...createPendingEmailLoaders({ ...services, now: request.now }),
      ...createSessionLoaders({ ...services, now: request.now }),
      ...createRoleLoaders(services.database),
      ...createLeavingLoaders(services.database),
      ...createFactorLoaders(services.database),
      ...createAvatarLoaders(services.database),
      ...createBlockLoaders(services.database, request.viewer),
      ...createNameLoaders(services.database),
      ...createNotificationLoaders(services.database, request.viewer),
      ...createPreferencesLoaders(services.database),
      ...createPushSubscriptionLoaders(services.database),
      ...createSuspensionLoaders(services.database, services.sealing),
    },
  });
}
