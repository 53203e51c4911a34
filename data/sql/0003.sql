-- Step 3: passwords, sessions, tokens; who is told of a change.

-- Step 3: passwords, sessions, tokens; what operators tell each other, and who is where.

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
CREATE INDEX change_log_directory ON change_log(revision) WHERE ticket = 0 AND kind IN (
	'operator', 'team', 'calendar', 'target', 'answer', 'reason', 'setting',
	'sign_in', 'sign_out', 'pause', 'resume', 'password', 'session', 'token_add', 'token_revoke');

-- Who is told of a change.
CREATE INDEX involvement_ticket ON involvement(ticket, operator);

-- Short texts between operators. operator and team 0: to all whom the author supervises.
CREATE TABLE memo(
	id INTEGER PRIMARY KEY,
	author BIGINT NOT NULL,
	at BIGINT NOT NULL,
	operator BIGINT NOT NULL,
	team BIGINT NOT NULL,
	ticket BIGINT NOT NULL,
	text TEXT NOT NULL
);
CREATE INDEX memo_ticket ON memo(ticket, id) WHERE ticket <> 0;

-- Whose a memo is: its author's and theirs who got it. read_at 0: not read yet.
CREATE TABLE memo_reader(
	operator BIGINT NOT NULL,
	memo BIGINT NOT NULL REFERENCES memo(id),
	read_at BIGINT NOT NULL,
	PRIMARY KEY(operator, memo)
) WITHOUT ROWID;
CREATE INDEX memo_reader_unread ON memo_reader(operator, memo) WHERE read_at = 0;

-- Who does what on which ticket, a row a terminal, until it expires: no record, never dumped.
CREATE TABLE presence(
	operator BIGINT NOT NULL,
	terminal TEXT NOT NULL,
	ticket BIGINT NOT NULL,
	doing BIGINT NOT NULL,
	since BIGINT NOT NULL,
	expires_at BIGINT NOT NULL,
	PRIMARY KEY(operator, terminal)
) WITHOUT ROWID;
-- The log of a ticket, with claims and releases in an index of their own.
DROP INDEX change_log_ticket;
CREATE INDEX change_log_ticket ON change_log(ticket, revision)
	WHERE ticket <> 0 AND kind <> 'claim' AND kind <> 'release';
CREATE INDEX change_log_claim ON change_log(revision >> 12, ticket)
	WHERE kind = 'claim' OR kind = 'release';
