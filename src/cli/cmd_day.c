#include "cli/call.h"

#include "base/mem.h"
#include "cli/commands.h"

/* An operator's day. */

static bool apply_kind(
	struct call *call, enum change_kind kind, const char *done, struct error *err)
{
	if (!call_open(call, err)) {
		return false;
	}
	struct change change = call_change(call, kind);
	return call_apply_done(call, &change, done, err);
}

static bool run_resume(struct call *call, struct error *err)
{
	return apply_kind(call, CHANGE_RESUME, _("the pause is over"), err);
}

static bool run_pause(struct call *call, struct error *err)
{
	if (!call_open(call, err)) {
		return false;
	}
	struct change change = call_change(call, CHANGE_PAUSE);
	change.text = call_operand(call, 0);
	return call_apply_done(call, &change, _("paused; \"atende resume\" ends it"), err);
}

const struct subcommand command_pause = {
	.name = "pause",
	.group = GROUP_DAY,
	.flags = COMMAND_CHANGES,
	.arguments = {{VALUE_LINE, N_("REASON"), true, false}},
	.summary = N_("begin a pause"),
	.example = "atende pause almoço",
	.run = run_pause,
};

const struct subcommand command_resume = {
	.name = "resume",
	.group = GROUP_DAY,
	.flags = COMMAND_CHANGES,
	.summary = N_("end your pause"),
	.run = run_resume,
};
