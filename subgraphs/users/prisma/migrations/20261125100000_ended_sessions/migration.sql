-- What Prisma's schema language cannot say.

-- Sessions that were ended before their time, for who has to hear of the latest.
CREATE INDEX "session_revoked_at_idx" ON "session"("revoked_at") WHERE "revoked_at" IS NOT NULL;
