-- Finds rows whose venue is still to be folded.
CREATE INDEX CONCURRENTLY "event_unplaced_idx" ON "event"("id") WHERE "venue_text" IS NULL;
