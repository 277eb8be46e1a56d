// The table of allowed imports, for clients: they know the graph and none of the server's code,
// apps know what they share and not each other.
import { describe, expect, it } from "vitest";
import { importsOf } from "./imports.ts";
import { verdict } from "./rooms.ts";

describe("the table forbids", () => {
  it.each([
    [
      "a client that knows the server",
      "clients/sdk/stream.ts",
      'import { CLOSINGS } from "../../router/subscriptions/closings.ts"',
    ],
    [
      "an app that knows the server",
      "clients/app/people/person-page.tsx",
      'import { ERROR_CODES } from "../../../kit/errors.ts"',
    ],
    [
      "an app that reads a file of the client that it does not export",
      "clients/app/people/person-page.tsx",
      'import { Session } from "../../sdk/session.ts"',
    ],
    [
      "an app that knows another one",
      "clients/admin/shell/shell.tsx",
      'import { Shell } from "@meetinity/app/shell/shell.tsx"',
    ],
    [
      "what apps share and that knows one of them",
      "clients/ui/shell/overlays.tsx",
      'import { client } from "../../app/shell/client.ts"',
    ],
    [
      "an app that goes around the package of what apps share",
      "clients/app/shell/shell.tsx",
      'import { Button } from "../../ui/components/button.tsx"',
    ],
    [
      "a client that knows what apps share",
      "clients/sdk/session.ts",
      'import { explain } from "@meetinity/ui/components/explain.ts"',
    ],
    [
      "a feature of the app that knows another one",
      "clients/app/people/person-page.tsx",
      'import { Composer } from "../conversations/composer.tsx"',
    ],
    [
      "a part of the app that all features share, and that knows one",
      "clients/app/shell/shell.tsx",
      'import { Composer } from "../conversations/composer.tsx"',
    ],
    [
      "an app that uses a story",
      "clients/app/events/events-page.tsx",
      'import { events } from "../../stories/fixtures/events.ts"',
    ],
    [
      "a component that uses the story beside it",
      "clients/ui/components/button.tsx",
      'import { Kinds } from "./button.stories.tsx"',
    ],
    [
      "a story that knows the server",
      "clients/app/events/events-page.stories.tsx",
      'import { ERROR_CODES } from "../../../kit/errors.ts"',
    ],
  ])("%s", (_, from, text) => {
    expect(importsOf(from, text).map(verdict)).toEqual([expect.any(String)]);
  });
});

describe("the table allows", () => {
  it.each([
    [
      "a feature of an app to use what apps share, and the client",
      "clients/app/people/person-page.tsx",
      'import { Avatar } from "@meetinity/ui/components/avatar.tsx"; import { client } from "../shell/client.ts"',
    ],
    [
      "what apps share to use the client",
      "clients/ui/session/guard.ts",
      'import type { Client } from "@meetinity/client"; import { useClient } from "../shell/client-context.ts"',
    ],
    [
      "a story to use what it shows, the frame of stories and their fixtures",
      "clients/app/people/person-page.stories.tsx",
      'import { screen } from "../../stories/screen.tsx"; import { PersonHead } from "./person-head.tsx"',
    ],
  ])("%s", (_, from, text) => {
    expect(importsOf(from, text).map(verdict).filter(Boolean)).toEqual([]);
  });
});
