#include "atende/spooler.h"

#include "atende/past.h"
#include "base/clock.h"
#include "base/mem.h"
#include "tui/msg.h"

#include <pthread.h>

struct spooler {
	struct spool *spool;
	struct mailbox *asked, *inbox;
	pthread_t thread;
};

static bool save(struct spooler *spooler, const struct effect *effect, struct error *err)
{
	return spool_save(spooler->spool, &effect->draft, err);
}

static bool remove_draft(struct spooler *spooler, const struct effect *effect, struct error *err)
{
	return spool_remove(spooler->spool, effect->draft.ticket, effect->draft.kind, err);
}

static bool remember(struct spooler *spooler, const struct effect *effect, struct error *err)
{
	(void)spooler;
	(void)err;
	past_add(effect->text);
	return true;
}

static bool (*const functions[EFFECT_TYPES])(
	struct spooler *spooler, const struct effect *effect, struct error *err) = {
	[EFFECT_SPOOL_SAVE] = save,
	[EFFECT_SPOOL_REMOVE] = remove_draft,
	[EFFECT_HISTORY] = remember,
};

static void *work(void *data)
{
	struct spooler *spooler = data;
	struct effect *effect;
	while ((effect = mailbox_wait(spooler->asked)) != NULL) {
		struct error err = {0};
		if (!functions[effect->type](spooler, effect, &err)) {
			struct clock clock = clock_system();
			struct msg *msg = msg_create(MSG_SPOOL_FAILED, clock_now(&clock));
			msg->err = err;
			mailbox_post(spooler->inbox, msg);
		}
		talloc_free(effect);
	}
	return NULL;
}

struct spooler *spooler_start(struct spool *spool, struct mailbox *inbox)
{
	struct spooler *spooler = mem_new(NULL, struct spooler);
	spooler->spool = spool;
	spooler->inbox = inbox;
	spooler->asked = mailbox_create();
	mem_check(pthread_create(&spooler->thread, NULL, work, spooler) == 0 ? spooler : NULL);
	return spooler;
}

void spooler_ask(struct spooler *spooler, struct effect *effect)
{
	mailbox_post(spooler->asked, effect);
}

void spooler_stop(struct spooler *spooler)
{
	if (!spooler) {
		return;
	}
	mailbox_close(spooler->asked);
	pthread_join(spooler->thread, NULL);
	mailbox_destroy(spooler->asked);
	talloc_free(spooler);
}
