-- The entries that pages of messages show as lines of their own. A stretch of the log may have
-- thousands of others, such as reactions, between two of these.
CREATE INDEX CONCURRENTLY "stream_entry_happenings_idx" ON "stream_entry"("stream_id", "seq")
    WHERE "type" IN ('membersChanged', 'pinChanged', 'roleChanged', 'conversationChanged');
