#include "tui/request.h"

#include "base/clock.h"
#include "base/mem.h"
#include "core/attachment.h"
#include "tui/i18n.h"
#include "tui/model.h"

#include <string.h>

struct pending {
	struct pending *next;
	uint64_t request;
	applied_fn *done;
	struct effect *again; /* no certain answer came: to be sent again */
};

struct effect *request_ask(struct model *model, enum effect_type type, struct effects *effects)
{
	struct effect *effect = effects_add(effects, type);
	effect->request = ++model->last_request;
	return effect;
}

void change_copy(const void *mem, struct change *to, const struct change *from)
{
	*to = *from;
	for (size_t i = 0; i < CHANGE_FIELDS; i++) {
		if (change_fields[i].type == FIELD_TEXT || change_fields[i].type == FIELD_LINE) {
			const char **text = (const char **)((char *)to + change_fields[i].offset);
			*text = mem_strdup(mem, *text);
		}
	}
	to->attachments = attachment_list_copy(mem, &from->attachments);
}

uint64_t request_apply(struct model *model, const struct change *changes, size_t count,
	applied_fn *done, struct effects *effects)
{
	struct effect *effect = request_ask(model, EFFECT_APPLY, effects);
	effect->apply.changes = mem_array(effect, struct change, count);
	effect->apply.count = count;
	for (size_t i = 0; i < count; i++) {
		change_copy(effect, &effect->apply.changes[i], &changes[i]);
		effect->apply.changes[i].actor = model->actor;
	}
	struct pending *pending = mem_new(model, struct pending);
	pending->request = effect->request;
	pending->done = done;
	pending->next = model->pending;
	model->pending = pending;
	return effect->request;
}

static struct pending **find_pending(struct model *model, uint64_t request)
{
	struct pending **at = &model->pending;
	while (*at && (*at)->request != request) {
		at = &(*at)->next;
	}
	return at;
}

void request_applied(struct model *model, struct response *response, struct effects *effects)
{
	struct pending **at = find_pending(model, response->effect->request);
	struct pending *pending = *at;
	if (!pending) {
		return;
	}
	if (!response->ok && response->err.code == ERROR_UNCERTAIN) {
		pending->again = talloc_steal(pending, response->effect);
		model->link.retry_at = model->now + LINK_RETRY_MS;
		notice_fail(model, _("no answer from the desk; it is not known whether this was "
				     "done; trying again"));
		return;
	}
	*at = pending->next;
	struct applied applied = {
		.changes = response->effect->apply.changes,
		.results = response->ok ? response->results : NULL,
		.count = response->effect->apply.count,
		.ok = response->ok,
		.err = &response->err,
	};
	if (pending->done) {
		pending->done(model, &applied, effects);
	}
	talloc_free(pending);
}

static void send_again(struct model *model, struct effects *effects)
{
	for (struct pending *pending = model->pending; pending; pending = pending->next) {
		if (!pending->again) {
			continue;
		}
		struct effect *effect = effects_add(effects, EFFECT_APPLY);
		effect->request = pending->request;
		effect->apply = pending->again->apply;
		talloc_steal(effect, pending->again);
		pending->again = NULL;
	}
}

void request_tick(struct model *model, struct effects *effects)
{
	if (model->link.retry_at == 0 || model->now < model->link.retry_at) {
		return;
	}
	model->link.retry_at = 0;
	send_again(model, effects);
	if (model->link.down_since) {
		counts_ask(model, effects);
	}
}

int64_t request_deadline(const struct model *model)
{
	return model->link.retry_at;
}
