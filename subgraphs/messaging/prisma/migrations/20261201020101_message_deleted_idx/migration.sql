-- Deleted messages behind a position, of which there are few.
CREATE INDEX CONCURRENTLY "message_deleted_idx" ON "message"("conversation_id", "seq") WHERE "deleted_at" IS NOT NULL;
