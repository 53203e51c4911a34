#include "atende/spooler.h"

#include "base/clock.h"
#include "base/mem.h"
#include "tui/msg.h"

#include <pthread.h>

struct spooler {
	struct spool *spool;
	struct mailbox *asked, *inbox;
	pthread_t thread;
};

static bool perform(struct spooler *spooler, const struct effect *effect, struct error *err)
{
	const struct draft *draft = &effect->draft;
	return effect->type == EFFECT_SPOOL_SAVE
		       ? spool_save(spooler->spool, draft, err)
		       : spool_remove(spooler->spool, draft->ticket, draft->kind, err);
}

static void *work(void *data)
{
	struct spooler *spooler = data;
	struct effect *effect;
	while ((effect = mailbox_wait(spooler->asked)) != NULL) {
		struct error err = {0};
		if (!perform(spooler, effect, &err)) {
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
