-- Step 3: passwords, sessions, tokens; who is told of a change.

-- Hashes alone (base/secret.h); no dump has them.
CREATE TABLE credential(
	operator INTEGER PRIMARY KEY REFERENCES operator(id),
	hash TEXT NOT NULL,
	changed_at BIGINT NOT NULL
);

-- id: revision of the change that made it.
CREATE TABLE token(
	id INTEGER PRIMARY KEY,
	operator BIGINT NOT NULL REFERENCES operator(id),
	name TEXT NOT NULL,
	kind BIGINT NOT NULL,
	hash TEXT NOT NULL UNIQUE,
	rights BIGINT NOT NULL,
	created_at BIGINT NOT NULL,
	used_at BIGINT NOT NULL,
	expires_at BIGINT NOT NULL,
	revoked_at BIGINT NOT NULL
);
CREATE INDEX token_operator ON token(operator, kind, id);

-- A token that ends makes a loaded directory stale, so that nobody goes on with it.
DROP INDEX change_log_directory;
CREATE INDEX change_log_directory ON change_log(revision) WHERE kind IN (
	'operator', 'team', 'calendar', 'target', 'answer', 'reason', 'setting',
	'sign_in', 'sign_out', 'pause', 'resume', 'password', 'session', 'token_add', 'token_revoke');

-- Who is told of a change.
CREATE INDEX involvement_ticket ON involvement(ticket, operator);
