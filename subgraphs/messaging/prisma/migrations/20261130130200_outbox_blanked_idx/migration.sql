-- What the relay has still to remove from Redis.
CREATE INDEX CONCURRENTLY "outbox_blanked_idx" ON "outbox"("position") WHERE "topic" = 'outbox.blanked';
