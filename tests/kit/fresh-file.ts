// Runs before each test file. One process takes file after file, because to start it and to load
// the packages is more work than most files are. Of our own modules each file gets new ones, and
// what the file before it stubbed is as it was: no file meets what another has left there.
import { vi } from "vitest";

vi.resetModules();
vi.useRealTimers();
vi.unstubAllGlobals();
vi.unstubAllEnvs();
