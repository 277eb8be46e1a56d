-- CreateIndex
CREATE INDEX CONCURRENTLY "answer_user_id_idx" ON "answer"("user_id");
