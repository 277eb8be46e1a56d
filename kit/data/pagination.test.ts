// Guarantees of paging arguments, cursors and connections.
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { connectionOf, encodeCursor, pageOf } from "./pagination.ts";

const refusal = (work: () => unknown) => {
  try {
    return work();
  } catch (error) {
    return (error as { extensions: Record<string, unknown> }).extensions;
  }
};

describe("paging arguments", () => {
  test("default to the first 20", () => {
    expect(pageOf({}, z.number())).toEqual({ limit: 20, after: null });
    expect(pageOf({ first: null, after: null }, z.number())).toEqual({ limit: 20, after: null });
  });
  test.each([0, -1, 101])("refuse %i items", (first) => {
    expect(refusal(() => pageOf({ first }, z.number()))).toMatchObject({
      code: "BAD_USER_INPUT",
      field: "first",
      received: first,
    });
  });
  test("accept the cursors that a connection gave", () => {
    expect(
      pageOf({ after: encodeCursor([1, "ü"]) }, z.tuple([z.number(), z.string()])).after,
    ).toEqual([1, "ü"]);
  });
  test.each(["", "?", encodeCursor("7"), encodeCursor({ n: 7 })])(
    "refuse the cursor %j",
    (after) => {
      expect(refusal(() => pageOf({ after }, z.number()))).toMatchObject({ field: "after" });
    },
  );
});

describe("a connection", () => {
  const edgeOf = (node: number) => ({ cursor: encodeCursor(node), node });
  test("shows the page and knows whether there are more", () => {
    const page = { limit: 2, after: null };
    expect(connectionOf([1, 2, 3], page, edgeOf)).toEqual({
      edges: [edgeOf(1), edgeOf(2)],
      pageInfo: {
        hasNextPage: true,
        hasPreviousPage: false,
        startCursor: encodeCursor(1),
        endCursor: encodeCursor(2),
      },
    });
  });
  test("without rows has no cursors", () => {
    expect(connectionOf([], { limit: 2, after: 5 }, edgeOf).pageInfo).toEqual({
      hasNextPage: false,
      hasPreviousPage: true,
      startCursor: null,
      endCursor: null,
    });
  });
});
