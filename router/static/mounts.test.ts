// Guarantees about STATIC_MOUNTS.
import { describe, expect, test } from "vitest";
import { OWN_SEGMENTS } from "../paths.ts";
import { staticMountsSetting } from "./mounts.ts";

const setting = staticMountsSetting(OWN_SEGMENTS);

test("folders are named by the paths at which they are served", () => {
  expect(setting.parse("/app=clients/app/dist, /admin=/srv/a=b")).toEqual([
    { path: "/app", folder: "clients/app/dist" },
    { path: "/admin", folder: "/srv/a=b" },
  ]);
});

describe("a setting is refused, with the reason,", () => {
  test.each([
    ["without a path", "dist", /needs a path such as \/app/],
    ["with a path that does not begin with a slash", "app=dist", /needs a path/],
    ["with a slash at the end", "/app/=dist", /needs a path/],
    ["with the root", "/=dist", /needs a path/],
    ["with a pattern", "/*=dist", /needs a path/],
    ["with a way out", "/app/..=dist", /needs a path/],
    ["with an empty part", "/app=dist,", /needs a path/],
    ["without a folder", "/app=", /names no folder for \/app/],
    ["with one path twice", "/app=a,/app=b", /names \/app twice/],
    ["with one path below another", "/app/x=a,/app=b", /has \/app\/x below \/app/],
    ["with a path of the graph", "/graphql=a", /cannot use \/graphql: the router itself/],
    ["with a path below one of our own", "/session/x=a", /cannot use \/session\/x/],
    ["with the mailbox", "/mailbox=a", /cannot use \/mailbox/],
  ])("%s", (_how, text, reason) => {
    expect(setting.safeParse(text).error?.issues[0]?.message).toMatch(reason);
  });
});
