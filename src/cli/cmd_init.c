#include "cli/call.h"

#include "base/mem.h"
#include "base/text.h"
#include "base/uuid.h"
#include "cli/commands.h"
#include "cli/output.h"
#include "cli/sample.h"

#include <string.h>

/* New desks: an empty one, and one to try the program on. */

bool call_make(struct call *call, const char *path, const char *creator, struct error *err)
{
	struct store_options options = {
		.clock = call->cli->clock, .create = true, .creator = creator};
	return store_open(call->mem, path, call->cli->drivers, call->cli->driver_count, &options,
		       &call->store, err) &&
	       store_act_as(call->store, creator, err) && call_directory(call, err);
}

bool call_make_sample(struct call *call, const char *path, struct error *err)
{
	return call_make(call, path, SAMPLE_ADMIN, err) && sample_fill(call, err);
}

static bool set_name(struct call *call, struct error *err)
{
	const char *name = call_value(call, "name");
	if (!name) {
		return true;
	}
	struct change change = {.kind = CHANGE_SETTING,
		.id = uuid_make(store_now(call->store)),
		.actor = store_actor(call->store),
		.key = "desk_name",
		.value = name};
	return call_apply(call, &change, NULL, err);
}

static void tell(struct call *call, const char *text, const char *login)
{
	const char *path = call_operand(call, 0);
	char *clean = text_clean_line(call->mem, path, strlen(path), NULL);
	if (call->json) {
		struct json *object = json_object(call->mem);
		json_add_bool(object, "ok", true);
		json_add_text(object, "desk", clean);
		json_add_text(object, "operator", login);
		output_json(call, object);
	} else {
		output_line(call, output_fill(call->mem, text, clean, login, NULL));
	}
}

static bool run_init(struct call *call, struct error *err)
{
	if (!call_profile(call, err)) {
		return false;
	}
	const char *login = call->profile.as;
	if (!login) {
		return error_set_reason(err, ERROR_USAGE, "usage",
			N_("say who shall be the first admin: --as LOGIN"), NULL);
	}
	if (!call_make(call, call_operand(call, 0), login, err) || !set_name(call, err)) {
		return false;
	}
	tell(call, _("{0}: an empty desk, with {1} as its admin"), login);
	return true;
}

static const struct command_option init_options[] = {
	{"name", 0, VALUE_LINE, N_("the name of the desk, for texts to customers")},
};

const struct subcommand command_init = {
	.name = "init",
	.group = GROUP_SETUP,
	.arguments = {{VALUE_DESK, N_("FILE"), false, false}},
	.options = init_options,
	.option_count = ARRAY_LEN(init_options),
	.summary = N_("make an empty desk"),
	.text = N_("Whoever makes it is its admin: --as, else the login name. Then add teams and "
		   "operators: atende team set, atende operator set."),
	.example = "atende init /srv/atende/desk.db --as carla",
	.run = run_init,
};

static bool run_sample(struct call *call, struct error *err)
{
	if (!call_make_sample(call, call_operand(call, 0), err)) {
		return false;
	}
	tell(call, _("{0}: a desk to try; open it with \"atende --desk {0} --as {1}\""),
		SAMPLE_OPERATOR);
	return true;
}

const struct subcommand command_sample = {
	.name = "sample",
	.group = GROUP_SETUP,
	.arguments = {{VALUE_DESK, N_("FILE"), false, false}},
	.summary = N_("make a desk to try, with made-up operators, customers and tickets"),
	.text = N_("Operators ana, bruno and carla, supervisor davi, admin elisa."),
	.example = "atende sample sample.db && atende --desk sample.db --as ana",
	.run = run_sample,
};
