-- Messages that mention all members, of which there are few.
CREATE INDEX CONCURRENTLY "message_mentioning_all_idx" ON "message"("conversation_id", "seq") WHERE "is_mentioning_all";
