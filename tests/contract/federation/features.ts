// All features of federation that are tested. It runs nothing.
import type { Feature } from "./feature.ts";
import { accounts } from "./features/accounts.ts";
import { aliases } from "./features/aliases.ts";
import { args } from "./features/arguments.ts";
import { chains } from "./features/chains.ts";
import { compoundKeys } from "./features/compound-keys.ts";
import { conditions } from "./features/conditions.ts";
import { errors } from "./features/errors.ts";
import { firstFederation } from "./features/first-federation.ts";
import { fragments } from "./features/fragments.ts";
import { inaccessible } from "./features/inaccessible.ts";
import { interfaceObjects } from "./features/interface-objects.ts";
import { interfaces } from "./features/interfaces.ts";
import { introspection } from "./features/introspection.ts";
import { keyChains } from "./features/key-chains.ts";
import { knownKeys } from "./features/known-keys.ts";
import { lists } from "./features/lists.ts";
import { merging } from "./features/merging.ts";
import { missingEntities } from "./features/missing-entities.ts";
import { mixedKeys } from "./features/mixed-keys.ts";
import { mutations } from "./features/mutations.ts";
import { nameless } from "./features/nameless.ts";
import { nulls } from "./features/nulls.ts";
import { outages } from "./features/outages.ts";
import { override } from "./features/override.ts";
import { partialInterfaces } from "./features/partial-interfaces.ts";
import { provides } from "./features/provides.ts";
import { requires } from "./features/requires.ts";
import { requiresArguments } from "./features/requires-arguments.ts";
import { requiresObjects } from "./features/requires-objects.ts";
import { shareable } from "./features/shareable.ts";
import { simpleKeys } from "./features/simple-keys.ts";
import { unions } from "./features/unions.ts";

export const FEATURES: readonly Feature[] = [
  accounts,
  aliases,
  args,
  chains,
  compoundKeys,
  conditions,
  errors,
  firstFederation,
  fragments,
  missingEntities,
  inaccessible,
  interfaceObjects,
  interfaces,
  introspection,
  keyChains,
  knownKeys,
  lists,
  merging,
  mixedKeys,
  mutations,
  nameless,
  nulls,
  outages,
  override,
  partialInterfaces,
  provides,
  requires,
  requiresArguments,
  requiresObjects,
  shareable,
  simpleKeys,
  unions,
];
