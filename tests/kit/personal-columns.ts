// The fate of each text in the databases when an account is erased. Every column that can hold
// text must be here: tests/contract/personal-columns.test.ts finds new ones, and
// tests/e2e/across-subgraphs/erasure.test.ts proves what is said.

/**
 * - `erased`: the erasure test writes a text of a person there, and finds none afterwards.
 * - `unreadable`: goes with its row, but holds no readable text: a hash, or a sealed one.
 * - `stays`: can name a person by their bare id, and stays.
 * - `no person`: holds nothing that a person has entered or that names one.
 */
export type Fate = "erased" | `${"unreadable" | "stays" | "no person"}: ${string}`;

type Fates = Readonly<Record<string, Fate>>;

/** In each subgraph alike. */
const WORK: Fates = {
  "consumer_position.source": "no person: the name of a subgraph",
  "dead_letter.source": "no person: the name of a subgraph",
  "dead_letter.topic": "no person: the name of a topic",
  "dead_letter.key": "erased",
  "dead_letter.payload": "erased",
  "dead_letter.error": "erased",
  "job.kind": "no person: the name of a kind",
  "job.key": "erased",
  "job.payload": "erased",
  "job.serial_key": "no person: ids by contract",
  "job.error": "no person: a reason without personal data by contract",
  "outbox.topic": "no person: the name of a topic",
  "outbox.key": "stays: the bare id, for an unbroken sequence of integration events",
};

const STREAMS: Fates = {
  "stream.id": "stays: logs of others are named by ids; the person's own is deleted",
  "stream_entry.stream_id": "stays: logs of others are named by ids",
  "stream_entry.type": "no person: the name of a kind of entry",
};

export const PERSONAL_COLUMNS: Readonly<Record<string, Fates>> = {
  users: {
    ...WORK,
    "outbox.payload": "erased",
    "address_mail.address_hash": "unreadable: an HMAC of an address; deleted after an hour",
    "attempt.key": "unreadable: an HMAC of what was guessed at; deleted when it is old",
    "credential.email": "erased",
    "credential.password_hash": "unreadable: argon2id",
    "device.token_hash": "unreadable: SHA-256 of a token",
    "erasure_answer.subgraph": "no person: the name of a subgraph",
    "one_time.kind": "no person: the name of a kind",
    "one_time.attempt_hash": "unreadable: SHA-256 of an attempt",
    "one_time.token_hash": "unreadable: SHA-256 of a token",
    "one_time.code_hash": "unreadable: an HMAC of a code",
    "one_time.sealed": "unreadable: sealed by the person's key",
    "person.avatar_url": "erased",
    "person.bio": "erased",
    "person.display_name": "erased",
    "person.headline": "erased",
    "person.interests": "erased",
    "person.languages": "erased",
    "person.location": "erased",
    "person.name_key": "erased",
    "person.name_skeleton": "unreadable: a skeleton of the name; the row is deleted",
    "person.search_text": "erased",
    "person.skills": "erased",
    "person_key.wrapped": "unreadable: the person's key, sealed",
    "recovery_code.hash": "unreadable: an HMAC of a code",
    "refresh_token.hash": "unreadable: SHA-256 of a token",
    "refresh_token.sealed_successor": "unreadable: sealed by a token",
    "second_factor.pending_secret": "unreadable: sealed by the person's key",
    "second_factor.secret": "unreadable: sealed by the person's key",
    "session.family_hash": "unreadable: SHA-256 of a secret",
    "suspension.sealed_reason": "unreadable: sealed by the person's key",
    "session.sealed_user_agent": "unreadable: sealed by the person's key",
  },
  events: {
    ...WORK,
    ...STREAMS,
    "outbox.payload": "stays: public events, and registrations with bare ids",
    "stream_entry.payload": "stays: states of registrations with bare ids",
    "check_in.gate": "erased",
    "check_in.nonce": "erased",
    "answer.choices": "no person: options in the organizer's words; the row is deleted",
    "answer.text": "erased",
    "event.description": "erased",
    "event.search_text": "erased",
    "event.tag_keys": "erased",
    "event.tags": "erased",
    "event.time_zone": "no person: a name of IANA's list",
    "event.title": "erased",
    "event.venue": "erased",
    "person.display_name": "erased",
    "person.search_text": "erased",
    "question.options": "erased",
    "question.text": "erased",
    "registration.idempotency_key": "erased",
    "registration_export.token_hash": "unreadable: SHA-256 of a token",
    "registration.note": "erased",
    "registration.request_hash": "unreadable: a hash of the request",
    "walk_in.gate": "erased",
    "walk_in.label": "erased",
    "walk_in.nonce": "erased",
  },
  matching: {
    ...WORK,
    ...STREAMS,
    "outbox.payload": "stays: matches with bare ids",
    "stream_entry.payload": "no person: the id is taken out",
    "event.status": "no person: a name of an enum",
    "person.intents": "no person: names of an enum",
    "person.interests": "erased",
    "person.languages": "no person: tags of languages, without what is private in them",
    "person.location": "erased",
    "person.place": "erased",
    "person.skills": "erased",
    "person_topic.topic": "erased",
    "person_topic.wording": "erased",
    "registration.status": "no person: a name of an enum",
    "suggestion.reasons": "unreadable: words that both people have; the row is deleted",
    "topic_use.topic": "erased",
  },
  messaging: {
    ...WORK,
    ...STREAMS,
    "outbox.payload": "stays: bare ids of erased accounts",
    "stream_entry.payload": "stays: bare ids and emoji; a log has no text",
    "conversation.title": "erased",
    "delivery.session_id": "no person: the id of a session",
    "delivery.stream_id": "stays: deleted with the person; others' name ids",
    "message.body": "erased",
    "message.client_message_id": "erased",
    "message.request_hash": "unreadable: a hash of the request",
    "message_edit.body": "erased",
    "reaction.emoji": "no person: one of Unicode's list",
    "subscriber.id": "erased",
    "subscriber_mark.stream_id": "stays: deleted with the person; others' name ids",
    "subscriber_mark.subscriber_id": "erased",
  },
};
