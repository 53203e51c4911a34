#include "tui/effect.h"

#include "base/mem.h"
#include "tui/msg.h"

#include <string.h>

static const char *const names[EFFECT_TYPES] = {
	[EFFECT_NONE] = "none",
	[EFFECT_DIRECTORY] = "directory",
	[EFFECT_QUEUE] = "queue",
	[EFFECT_ROWS] = "rows",
	[EFFECT_NEXT] = "next",
	[EFFECT_COUNTS] = "counts",
	[EFFECT_OUTBOX] = "outbox",
	[EFFECT_PENDING_DROP] = "pending_drop",
	[EFFECT_LOADS] = "loads",
	[EFFECT_TICKET] = "ticket",
	[EFFECT_SEARCH] = "search",
	[EFFECT_DRAFTS] = "drafts",
	[EFFECT_APPLY] = "apply",
	[EFFECT_DRAFT_SAVE] = "draft_save",
	[EFFECT_DRAFT_DISCARD] = "draft_discard",
	[EFFECT_DRAFT_RESTORE] = "draft_restore",
	[EFFECT_DRAFT_ADOPT] = "draft_adopt",
	[EFFECT_RENEW] = "renew",
	[EFFECT_ATTACH] = "attach",
	[EFFECT_FETCH] = "fetch",
	[EFFECT_PRESENCE] = "presence",
	[EFFECT_PRESENCES] = "presences",
	[EFFECT_MEMOS] = "memos",
	[EFFECT_SPOOL_SAVE] = "spool_save",
	[EFFECT_SPOOL_REMOVE] = "spool_remove",
	[EFFECT_HISTORY] = "history",
	[EFFECT_EDIT] = "edit",
	[EFFECT_CANCEL] = "cancel",
	[EFFECT_SUSPEND] = "suspend",
	[EFFECT_REPAINT] = "repaint",
	[EFFECT_BELL] = "bell",
	[EFFECT_COPY] = "copy",
	[EFFECT_TELL] = "tell",
	[EFFECT_THEME] = "theme",
	[EFFECT_QUIT] = "quit",
	[EFFECT_PATHS] = "paths",
	[EFFECT_START] = "start",
};

struct effects *effects_create(const void *mem)
{
	return mem_new(mem, struct effects);
}

struct effect *effects_add(struct effects *effects, enum effect_type type)
{
	struct effect *effect = mem_new(NULL, struct effect);
	effect->type = type;
	effects->items = mem_grow(effects, effects->items, struct effect *, effects->count + 1);
	effects->items[effects->count++] = effect;
	return effect;
}

struct effect *effects_take(struct effects *effects)
{
	if (effects->count == 0) {
		return NULL;
	}
	struct effect *first = effects->items[0];
	effects->count--;
	memmove(effects->items, effects->items + 1, effects->count * sizeof *effects->items);
	return first;
}

void effects_destroy(struct effects *effects)
{
	if (!effects) {
		return;
	}
	for (size_t i = 0; i < effects->count; i++) {
		talloc_free(effects->items[i]);
	}
	talloc_free(effects);
}

const char *effect_name(enum effect_type type)
{
	return names[type];
}

bool effect_is_for_desk(enum effect_type type)
{
	return type >= EFFECT_DIRECTORY && type <= EFFECT_MEMOS;
}

bool effect_is_quiet(enum effect_type type)
{
	return type >= EFFECT_PRESENCE && type <= EFFECT_MEMOS;
}

bool effect_is_for_spool(enum effect_type type)
{
	return type >= EFFECT_SPOOL_SAVE && type <= EFFECT_HISTORY;
}

struct msg *msg_create(enum msg_type type, int64_t now)
{
	struct msg *msg = mem_new(NULL, struct msg);
	msg->type = type;
	msg->now = now;
	return msg;
}
