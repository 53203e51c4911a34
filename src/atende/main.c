#include "atende/console.h"
#include "atende/keys.h"
#include "atende/start.h"
#include "base/language.h"
#include "base/mem.h"
#include "base/os.h"
#include "base/profile.h"
#include "cli/cli.h"
#include "store/drivers.h"

#include <signal.h>

/* The language is needed before anything can be said, so arguments and profile are looked at twice:
 * here for `lang` alone, by the command for the rest. A mistake in them is told then. */
static bool set_language(int argc, char **argv)
{
	void *mem = mem_context(NULL);
	struct profile profile = {0};
	struct error ignored = {0};
	bool ok = profile_load(mem, NULL, NULL, &profile, &ignored);
	const char *wanted = cli_peek(argc, argv, "lang");
	bool is_utf8 = language_setup(wanted ? wanted : ok ? profile.lang : NULL);
	talloc_free(mem);
	return is_utf8;
}

int main(int argc, char **argv)
{
	static const struct store_driver *const drivers[] = {&store_sqlite, &store_copied};
	/* A file that may not grow is an error to be told, not the end of the program. */
	signal(SIGXFSZ, SIG_IGN);
	os_widen_heaps();
	struct console_options console = {.drivers = drivers,
		.driver_count = ARRAY_LEN(drivers),
		.is_utf8 = set_language(argc, argv)};
	struct cli cli;
	cli_init(&cli);
	cli.drivers = drivers;
	cli.driver_count = ARRAY_LEN(drivers);
	cli.console = console_run;
	cli.start = start_run;
	cli.console_data = &console;
	cli.keys = keys_list;
	return cli_run(&cli, argc, argv);
}
