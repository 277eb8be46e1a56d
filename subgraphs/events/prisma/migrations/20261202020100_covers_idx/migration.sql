-- Finds the events that have a file: those that were made like another one have the same.
CREATE INDEX CONCURRENTLY "event_cover_idx" ON "event"("cover_file_id") WHERE "cover_file_id" IS NOT NULL;
