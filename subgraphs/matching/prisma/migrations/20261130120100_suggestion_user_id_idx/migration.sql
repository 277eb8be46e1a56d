-- CreateIndex
CREATE INDEX CONCURRENTLY "suggestion_user_id_idx" ON "suggestion"("user_id");
