#include "shift.h"

#include "base/mem.h"
#include "crowd.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define PASSWORD "uma senha bem longa de teste"
#define SAID                                                                                       \
	"Bom dia! O pedido saiu ontem e chega na quinta. Se precisar de outra coisa, e so "        \
	"responder."

struct worker {
	const char *login;
	int fd;
	int64_t ticket, generation, newest, customer;
	size_t step, tickets_done;
};

struct shift {
	const struct claimers *claimers;
	const char *address;
	struct worker *workers;
	size_t worker_count, next, next_ticket;
	size_t changes, requests, refused;
};

/* --- requests --- */

static char *ask_with(struct shift *shift, int fd, const void *mem, const char *method,
	const char *path, const char *headers, const char *body)
{
	char *answer = crowd_ask(fd, mem, crowd_request_with(mem, method, path, headers, body));
	shift->requests++;
	if (!answer) {
		shift->refused++;
		fprintf(stderr, "bench: refused: %s %s\n", method, path);
	}
	return answer ? answer : mem_strdup(mem, "");
}

static char *ask(struct shift *shift, const struct worker *worker, const void *mem,
	const char *method, const char *path, const char *body)
{
	char *as = mem_printf(mem, "Atende-As: %s\r\n", worker->login);
	return ask_with(shift, worker->fd, mem, method, path, as, body);
}

/* The first number behind that key, 0 without one. */
static int64_t number_in(const char *answer, const char *key)
{
	const char *at = strstr(answer, key);
	return at ? strtoll(at + strlen(key), NULL, 10) : 0;
}

/* `fields` begin with a comma, or are empty. */
static char *change(struct shift *shift, const struct worker *worker, const void *mem,
	const char *kind, const char *fields)
{
	struct uuid id = uuid_make(store_now(shift->claimers->store));
	char text[UUID_TEXT_SIZE];
	uuid_format(&id, text);
	char *body = mem_printf(mem, "[{\"id\":\"%s\",\"kind\":\"%s\",\"ticket\":%lld%s}]", text,
		kind, (long long)worker->ticket, fields);
	char *answer = ask(shift, worker, mem, "POST", "/v1/changes", body);
	if (number_in(answer, "\"revision\":") > 0) {
		shift->changes++;
	} else {
		shift->refused++;
		fprintf(stderr, "bench: refused: %s: %s\n", body, answer);
	}
	return answer;
}

static char *path_of(const void *mem, const struct worker *worker, const char *pattern)
{
	return mem_printf(mem, pattern, (long long)worker->ticket);
}

/* --- the steps of one ticket --- */

static void arrive(struct shift *shift, struct worker *worker, const void *mem)
{
	const struct claimers *claimers = shift->claimers;
	worker->ticket = claimers->tickets[shift->next_ticket++ % claimers->ticket_count];
	worker->fd = crowd_connect(shift->address);
	ask(shift, worker, mem, "GET", "/v1/tickets?state=open&limit=50", NULL);
}

static void receive(struct shift *shift, struct worker *worker, const void *mem)
{
	change(shift, worker, mem, "receive", ",\"text\":\"Alguma novidade do meu pedido?\"");
}

static void read_ticket(struct shift *shift, struct worker *worker, const void *mem)
{
	char *answer =
		ask(shift, worker, mem, "GET", path_of(mem, worker, "/v1/tickets/%lld"), NULL);
	const char *customer = strstr(answer, "\"customer\":{");
	worker->newest = number_in(answer, "\"newest_message\":");
	worker->customer = customer ? number_in(customer, "\"id\":") : 0;
}

static void read_customer(struct shift *shift, struct worker *worker, const void *mem)
{
	ask(shift, worker, mem, "GET",
		mem_printf(mem, "/v1/customers/%lld", (long long)worker->customer), NULL);
}

static void claim(struct shift *shift, struct worker *worker, const void *mem)
{
	char *answer = change(shift, worker, mem, "claim", ",\"separate\":\"yes\"");
	worker->generation = number_in(answer, "\"generation\":");
}

static void be_present(struct shift *shift, struct worker *worker, const void *mem)
{
	ask(shift, worker, mem, "PUT", "/v1/presence",
		mem_printf(mem, "{\"terminal\":\"%s\",\"ticket\":%lld,\"doing\":\"writing\"}",
			worker->login, (long long)worker->ticket));
}

static void save_draft(struct shift *shift, struct worker *worker, const void *mem)
{
	ask(shift, worker, mem, "PUT", path_of(mem, worker, "/v1/tickets/%lld/drafts/reply"),
		mem_printf(mem, "{\"text\":\"%.*s\",\"generation\":%lld,\"seen\":%lld}",
			(int)(worker->step * 7), SAID, (long long)worker->generation,
			(long long)worker->newest));
}

static void renew(struct shift *shift, struct worker *worker, const void *mem)
{
	ask(shift, worker, mem, "POST", "/v1/renewals",
		mem_printf(mem, "{\"ticket\":%lld,\"generation\":%lld}", (long long)worker->ticket,
			(long long)worker->generation));
}

static void search(struct shift *shift, struct worker *worker, const void *mem)
{
	static const char *const words[] = {"zimbro", "pedido", "pe*", "xyzzyq"};
	ask(shift, worker, mem, "GET",
		mem_printf(mem, "/v1/search?q=%s&limit=20",
			words[worker->tickets_done % ARRAY_LEN(words)]),
		NULL);
}

static void read_lists(struct shift *shift, struct worker *worker, const void *mem)
{
	static const char *const paths[] = {"/v1/counts", "/v1/outbox", "/v1/drafts", "/v1/loads",
		"/v1/tickets?list=mine&limit=50", "/v1/log?limit=50", "/v1/presence",
		"/v1/tickets?list=overdue&limit=50"};
	ask(shift, worker, mem, "GET", paths[worker->tickets_done % ARRAY_LEN(paths)], NULL);
}

/* Two of three are answered; the text of the third goes to the bin, and the ticket back. */
static void finish(struct shift *shift, struct worker *worker, const void *mem)
{
	if (worker->tickets_done % 3 != 2) {
		change(shift, worker, mem, "reply",
			mem_printf(mem,
				",\"text\":\"" SAID "\",\"outcome\":\"wait\",\"generation\":%lld,"
				"\"seen\":%lld",
				(long long)worker->generation, (long long)worker->newest));
		return;
	}
	ask(shift, worker, mem, "DELETE", path_of(mem, worker, "/v1/tickets/%lld/drafts/reply"),
		NULL);
	change(shift, worker, mem, "note", ",\"text\":\"Ligou; falta o comprovante.\"");
	change(shift, worker, mem, "release", "");
}

static void leave(struct shift *shift, struct worker *worker, const void *mem)
{
	ask(shift, worker, mem, "PUT", "/v1/presence",
		mem_printf(mem, "{\"terminal\":\"%s\"}", worker->login));
	close(worker->fd);
	worker->tickets_done++;
}

static void (*const steps[])(struct shift *shift, struct worker *worker, const void *mem) = {
	arrive,
	search,
	receive,
	read_ticket,
	read_customer,
	claim,
	be_present,
	save_draft,
	renew,
	save_draft,
	read_lists,
	finish,
	leave,
};

/* --- the whole --- */

static void set_password(struct shift *shift, const char *login)
{
	void *mem = mem_context(NULL);
	int fd = crowd_connect(shift->address);
	char *path = mem_printf(mem, "/v1/operators/%s/password", login);
	ask_with(shift, fd, mem, "PUT", path, "", "{\"password\":\"" PASSWORD "\"}");
	close(fd);
	talloc_free(mem);
}

struct shift *shift_start(
	const void *mem, const struct claimers *claimers, const char *address, size_t operators)
{
	struct shift *shift = mem_new(mem, struct shift);
	*shift =
		(struct shift){.claimers = claimers, .address = address, .worker_count = operators};
	shift->workers = mem_array(shift, struct worker, operators);
	for (size_t i = 0; i < operators; i++) {
		shift->workers[i].login = claimers->logins[i];
		shift->workers[i].tickets_done = i; /* not all do the same */
	}
	set_password(shift, claimers->logins[0]);
	return shift;
}

void shift_step(struct shift *shift)
{
	void *mem = mem_context(NULL);
	struct worker *worker = &shift->workers[shift->next++ % shift->worker_count];
	steps[worker->step % ARRAY_LEN(steps)](shift, worker, mem);
	worker->step = (worker->step + 1) % ARRAY_LEN(steps);
	talloc_free(mem);
}

void shift_sign_in(struct shift *shift)
{
	void *mem = mem_context(NULL);
	int fd = crowd_connect(shift->address);
	char *who = mem_printf(mem, "{\"login\":\"%s\",\"password\":\"" PASSWORD "\"}",
		shift->claimers->logins[0]);
	char *answer = ask_with(shift, fd, mem, "POST", "/v1/sign-in", "", who);
	char *token = strstr(answer, "\"token\":\"");
	if (token) {
		token += strlen("\"token\":\"");
		char *bearer = mem_printf(
			mem, "Authorization: Bearer %.*s\r\n", (int)strcspn(token, "\""), token);
		ask_with(shift, fd, mem, "GET", "/v1/me", bearer, NULL);
		ask_with(shift, fd, mem, "POST", "/v1/sign-out", bearer, "");
	}
	close(fd);
	talloc_free(mem);
}

size_t shift_changes(const struct shift *shift)
{
	return shift->changes;
}

size_t shift_requests(const struct shift *shift)
{
	return shift->requests;
}

size_t shift_refused(const struct shift *shift)
{
	return shift->refused;
}
