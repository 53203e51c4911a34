#include "walk.h"

#include "base/mem.h"
#include "base/secret.h"
#include "test.h"

#include <string.h>

bool walk_sees(enum who who)
{
	return who == ANA || who == EVA || who == DESK;
}

static char *token_of(struct service *s, const char *login, const char *rights)
{
	char *token = token_make(s);
	struct change change = {.kind = rights ? CHANGE_TOKEN_ADD : CHANGE_SESSION,
		.name = "passeio",
		.value = rights,
		.secret = token_hash(s, token)};
	const struct directory *directory;
	struct error err = {0};
	assert_true(store_directory(s->f->desk, &directory, &err));
	change.operator_id = rights ? 0 : directory_login(directory, login)->id;
	fixture_do(s->f, rights ? login : NULL, change);
	return token;
}

static void find_people(struct walk *w)
{
	struct service *s = w->s;
	fixture_do(s->f, "eva",
		(struct change){.kind = CHANGE_OPERATOR,
			.key = "lia",
			.role = ROLE_SUPERVISOR,
			.value = "cobranca"});
	w->tokens[NOBODY] = token_make(s);
	w->tokens[READS] = token_of(s, "carla", "read,feed");
	w->tokens[WRITES] = token_of(s, "carla", "write");
	w->tokens[CARLA] = token_of(s, "carla", NULL);
	w->tokens[LIA] = token_of(s, "lia", NULL);
	w->tokens[ANA] = token_of(s, "ana", NULL);
	w->tokens[EVA] = token_of(s, "eva", NULL);
}

/* --- the ticket --- */

static struct attachment marked_file(struct walk *w)
{
	struct error err = {0};
	struct attachment file = {.name = (char *)MARK ".txt", .media_type = (char *)"text/plain"};
	assert_true(store_blob_put(w->s->f->desk, w, MARK, strlen(MARK), &file.blob, &err));
	w->blob = file.blob;
	return file;
}

static int64_t team_id(struct fixture *f, const char *key)
{
	const struct directory *directory;
	struct error err = {0};
	assert_true(store_directory(f->desk, &directory, &err));
	return directory_team_key(directory, key)->id;
}

static void make_hidden(struct walk *w)
{
	struct fixture *f = w->s->f;
	struct attachment file = marked_file(w);
	struct result made = fixture_do(f, "ana",
		(struct change){.kind = CHANGE_NEW,
			.channel = CHANNEL_EMAIL,
			.address = "joana@example.com",
			.subject = "assunto " MARK,
			.text = "texto " MARK,
			.ref = "ref-" MARK,
			.team = f->entrega,
			.attachments = {1, &file}});
	int64_t number = w->hidden = made.ticket;
	w->customer = made.customer;
	w->message = made.revision;
	fixture_do(f, "ana",
		(struct change){.kind = CHANGE_NOTE, .ticket = number, .text = "nota " MARK});
	fixture_do(f, "ana", (struct change){.kind = CHANGE_TAG, .ticket = number, .key = MARK});
	/* Of a team that nobody is in, for whoever is asked sees the ticket. */
	fixture_do(f, "eva", (struct change){.kind = CHANGE_TEAM, .key = "estoque"});
	w->question = fixture_do(f, "ana",
		(struct change){.kind = CHANGE_ASK,
			.ticket = number,
			.team = team_id(f, "estoque"),
			.text = "pergunta " MARK})
			      .revision;
	struct change reply = fixture_reply(number, "resposta " MARK, OUTCOME_STAY_OPEN);
	fixture_do(f, "ana", reply);
	fixture_do(
		f, "ana", (struct change){.kind = CHANGE_ESCALATE, .ticket = number, .text = MARK});
	fixture_do(f, "bruno", (struct change){.kind = CHANGE_CLAIM, .ticket = number});
	struct draft draft = {
		.ticket = number, .kind = DRAFT_NOTE, .text = (char *)"rascunho " MARK};
	struct error err = {0};
	assert_true(store_draft_save(fixture_as(f, "ana"), &draft, &err));
}

int walk_setup(void **state)
{
	struct walk *w = mem_new(NULL, struct walk);
	if (service_setup((void **)&w->s) != 0) {
		return -1;
	}
	find_people(w);
	make_hidden(w);
	*state = w;
	return 0;
}

int walk_teardown(void **state)
{
	struct walk *w = *state;
	int status = service_teardown((void **)&w->s);
	talloc_free(w);
	return status;
}

/* --- asking --- */

struct reply walk_ask(
	struct walk *w, enum who who, const char *method, const char *path, const char *body)
{
	char *headers = w->tokens[who]
				? mem_printf(w->s, "Authorization: Bearer %s\r\n", w->tokens[who])
				: mem_strdup(w->s, "");
	if (strncmp(path, "/v1/feed", 8) == 0) {
		headers = mem_printf(w->s, "%sAccept: application/json\r\n", headers);
	}
	return service_ask_with(w->s, NULL, method, path, headers, body);
}

bool walk_has_mark(const struct reply *answer)
{
	for (size_t i = 0; i + strlen(MARK) <= answer->size; i++) {
		if (memcmp(answer->body + i, MARK, strlen(MARK)) == 0) {
			return true;
		}
	}
	return false;
}

char *walk_fill(const struct walk *w, const char *text)
{
	char *filled = mem_strdup(w->s, "");
	for (const char *at = text; at && *at; at++) {
		if (*at != '$') {
			filled = mem_check(talloc_asprintf_append_buffer(filled, "%c", *at));
		} else if (*++at == 'b') {
			filled = mem_check(talloc_asprintf_append_buffer(filled, "%s", w->blob));
		} else {
			int64_t number = *at == 'n' ? w->hidden : w->customer;
			filled = mem_check(
				talloc_asprintf_append_buffer(filled, "%lld", (long long)number));
		}
	}
	return text ? filled : NULL;
}
