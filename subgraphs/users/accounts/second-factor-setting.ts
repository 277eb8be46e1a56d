// The setting of the second factor.
import { z } from "zod";
import { Role } from "../generated/prisma/enums.ts";

/** `SECOND_FACTOR_REQUIRED_FOR`: roles with commas between, or nothing. */
export const secondFactorSetting = z
  .string()
  .default("")
  .transform((text) => text.split(",").map((role) => role.trim()))
  .transform((roles) => roles.filter((role) => role !== ""))
  .pipe(z.array(z.enum(Role)))
  .transform((roles) => new Set(roles));
