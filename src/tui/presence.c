#include "tui/presence.h"

#include "base/clock.h"
#include "base/mem.h"
#include "tui/i18n.h"
#include "tui/model.h"
#include "tui/words.h"

/* --- what is told --- */

enum { TELL_LEAST_MS = MS_SECOND, ASK_LEAST_MS = 2 * MS_SECOND, ASK_EACH_MS = 20 };

static bool is_calling(const struct model *model)
{
	return model->prompt && model->prompt->draft == DRAFT_CALL;
}

static struct presence now_doing(const struct model *model)
{
	int64_t ticket = model->screen == SCREEN_PAUSED ? 0 : model_work(model);
	if (is_calling(model)) {
		return (struct presence){.ticket = model->jot.ticket, .doing = DOING_CALLING};
	}
	return (struct presence){.ticket = ticket,
		.doing = !ticket			    ? DOING_HERE
			 : screen_is_writing(model->screen) ? DOING_WRITING
							    : DOING_READING};
}

static bool is_told(const struct model *model)
{
	const struct presence *told = &model->presence.told;
	struct presence now = now_doing(model);
	return told->ticket == now.ticket && told->doing == now.doing;
}

static bool has_desk(const struct model *model)
{
	return model->directory && model->presence.terminal && !model->is_leaving;
}

static void tell(struct model *model, struct presence presence, struct effects *effects)
{
	struct presence_part *part = &model->presence;
	struct effect *effect = request_ask(model, EFFECT_PRESENCE, effects);
	effect->presence = presence;
	effect->presence.operator_id = model->actor;
	effect->presence.terminal = mem_strdup(effect, part->terminal);
	part->told = presence;
	part->told_at = model->now;
}

static int64_t tell_at(const struct model *model)
{
	const struct presence_part *part = &model->presence;
	return part->told_at + (is_told(model) ? PRESENCE_RENEW_MS : TELL_LEAST_MS);
}

/* Where the desk is out of reach the end shall not wait for it: it is over by itself. */
void presence_leave(struct model *model, struct effects *effects)
{
	if (model->presence.told.doing != DOING_GONE && !model->link.down_since) {
		tell(model, (struct presence){.doing = DOING_GONE}, effects);
	}
}

/* --- what is known --- */

/* Whoever is still there has said so since, which is told only on asking. */
static int64_t first_expiry(const struct model *model)
{
	const struct presence_list *list = &model->presence.list;
	int64_t first = 0;
	for (size_t i = 0; i < list->count; i++) {
		int64_t at = list->items[i].expires_at;
		bool is_own = list->items[i].operator_id == model->actor;
		first = !is_own && (first == 0 || at < first) ? at : first;
	}
	return first;
}

/* Where many are about, somebody always moves: the longer the list, the rarer it is fetched. */
static int64_t ask_at(const struct model *model)
{
	const struct presence_part *part = &model->presence;
	int64_t least = part->asked_at + ASK_LEAST_MS + (int64_t)part->list.count * ASK_EACH_MS;
	int64_t at = part->is_stale ? least : first_expiry(model);
	return at && at < least ? least : at;
}

void presence_heard(struct model *model, int64_t stamp)
{
	struct presence_part *part = &model->presence;
	part->is_stale |= stamp != part->stamp;
	part->stamp = stamp;
}

/* Of a colleague's day the feed tells his supervisors alone: who paused, and why, the directory
 * says, once it is fetched again. */
static void check_pauses(struct model *model, struct effects *effects)
{
	const struct presence_list *list = &model->presence.list;
	bool differs = false;
	for (size_t i = 0; model->directory && i < list->count; i++) {
		const struct operator_ *who =
			directory_operator(model->directory, list->items[i].operator_id);
		bool is_paused = list->items[i].doing == DOING_PAUSED;
		differs |= !who || is_paused != (who->paused_at != 0);
	}
	if (differs) {
		directory_ask(model, effects);
	}
}

void presence_came(struct model *model, struct response *response, struct effects *effects)
{
	struct presence_part *part = &model->presence;
	if (response->effect->request != part->request) {
		return;
	}
	part->request = 0;
	if (response->ok) {
		talloc_free(part->mem);
		part->mem = mem_context(model);
		part->list = response->presences;
		talloc_steal(part->mem, part->list.items);
		for (size_t i = 0; i < part->list.count; i++) {
			talloc_steal(part->mem, part->list.items[i].terminal);
		}
		check_pauses(model, effects);
	}
}

void presence_tick(struct model *model, struct effects *effects)
{
	struct presence_part *part = &model->presence;
	if (!has_desk(model)) {
		return;
	}
	if (model->now >= tell_at(model)) {
		tell(model, now_doing(model), effects);
	}
	int64_t at = ask_at(model);
	if (at && model->now >= at && !part->request) {
		part->is_stale = false;
		part->asked_at = model->now;
		part->request = request_ask(model, EFFECT_PRESENCES, effects)->request;
	}
}

int64_t presence_deadline(const struct model *model)
{
	if (!has_desk(model)) {
		return 0;
	}
	int64_t tell = tell_at(model);
	int64_t ask = model->presence.request ? 0 : ask_at(model);
	return ask && ask < tell ? ask : tell;
}

/* --- words --- */

/* DOING_GONE: nothing there. */
static enum doing doing_on(const struct model *model, int64_t operator_id, int64_t ticket)
{
	const struct presence_list *list = &model->presence.list;
	enum doing doing = DOING_GONE;
	for (size_t i = 0; i < list->count; i++) {
		const struct presence *presence = &list->items[i];
		bool is_there = presence->ticket == ticket || presence->doing == DOING_PAUSED;
		if (presence->operator_id == operator_id && is_there && presence->doing > doing) {
			doing = presence->doing;
		}
	}
	return doing;
}

char *presence_others(
	const struct model *model, const void *mem, int64_t ticket, int64_t but, size_t *count)
{
	const struct presence_list *list = &model->presence.list;
	char *names = mem_strdup(mem, "");
	int64_t last = 0; /* the list is by operator */
	*count = 0;
	for (size_t i = 0; ticket && i < list->count; i++) {
		const struct presence *presence = &list->items[i];
		int64_t id = presence->operator_id;
		if (presence->ticket != ticket || id == model->actor || id == but || id == last) {
			continue;
		}
		names = mem_check(talloc_asprintf_append_buffer(
			names, "%s%s", *count ? ", " : "", model_login(model, id)));
		last = id;
		++*count;
	}
	return names;
}

char *presence_words(
	const struct model *model, const void *mem, int64_t operator_id, int64_t ticket)
{
	enum doing doing = doing_on(model, operator_id, ticket);
	const struct operator_ *who =
		model->directory ? directory_operator(model->directory, operator_id) : NULL;
	const char *said = _(name_said(&doing_names, (int)doing));
	if (doing == DOING_PAUSED && who && *who->pause_reason) {
		/* TRANSLATORS: "on a break (lunch)" */
		return words_put(mem, _("{0} ({1})"), said, who->pause_reason, NULL);
	}
	return mem_strdup(mem, doing ? said : "");
}
