// Runs before each test file. One process runs one file after the other, because to start it and to
// load the packages takes longer than most files do; of our own modules each file gets new ones, so
// that nothing one file leaves in them is met by another.
import { vi } from "vitest";

vi.resetModules();
