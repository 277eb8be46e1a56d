// Guarantees about the settings of files: what cannot be sent in one ticket cannot be allowed.
import { expect, test } from "vitest";
import { fileBytesSetting, roomOf, roomSetting, uploadsShape } from "#kit/files/settings";
import { readConfig } from "#kit/service/config";

const shape = { ...uploadsShape, FILE: fileBytesSetting.default(7), ROOM: roomSetting };

test("a person has the room that is set, and begins as many uploads", () => {
  const config = readConfig(shape, { FILES_OPEN_UPLOADS_MAX: "3", ROOM: "5000000000" });
  expect(config.FILE).toBe(7);
  expect(roomOf(config, config.ROOM)).toEqual({
    bytesOfPersonMax: 5_000_000_000,
    openUploadsMax: 3,
  });
});

test.each([
  ["FILE", "167772161"],
  ["FILE", "0"],
  ["ROOM", "-1"],
  ["FILES_OPEN_UPLOADS_MAX", "many"],
])("%s=%s is refused", (name, value) => {
  expect(() => readConfig(shape, { ROOM: "1", [name]: value })).toThrow(`${name}: `);
});
