// Guarantees about the address of a list.
import { expect, test } from "vitest";
import { filterOf, listOf } from "./lists.ts";

test("an address names a list, and any other word names that of all", () => {
  expect(listOf({ list: "archived", more: 1 })).toEqual({ list: "archived" });
  for (const list of ["all", "toString", 1, null, undefined]) expect(listOf({ list })).toEqual({});
  expect(filterOf("archived")).toBe("ARCHIVED");
  expect(filterOf(undefined)).toBe("ALL");
});
