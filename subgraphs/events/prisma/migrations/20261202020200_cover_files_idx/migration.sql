-- Finds the files that were sent for an event.
CREATE INDEX CONCURRENTLY "file_cover_idx" ON "file"("subject_id") WHERE "purpose" = 'covers';
