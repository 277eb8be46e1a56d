// The build of this app, served at `/admin/`.
import { defineConfig } from "vite";
import { appConfig } from "../ui/build/vite.ts";

export default defineConfig(appConfig(import.meta.dirname, "/admin/", { isOffline: true }));
