// Runs before each test file. One process runs many files, because starting it and loading packages
// costs more than most files do. Each file gets fresh copies of our own modules, and the stubs of
// the file before it are removed.
import { vi } from "vitest";

vi.resetModules();
vi.useRealTimers();
vi.unstubAllGlobals();
vi.unstubAllEnvs();
