#include "atended/options.h"

#include "base/mem.h"

#include <getopt.h>
#include <string.h>

const char options_usage[] =
	"usage: atended --desk FILE --listen unix:PATH|HOST:PORT …\n"
	"  --desk FILE       the desk to serve\n"
	"  --listen ADDRESS  where to listen: unix:PATH or HOST:PORT; may be repeated\n"
	"  --config FILE     the configuration; /etc/atende/atended.conf if not given\n"
	"  --check           say whether it could start so, and end; nothing is altered\n"
	"  --help, --version\n";

static const struct option known[] = {
	{"desk", required_argument, NULL, 'd'},
	{"listen", required_argument, NULL, 'l'},
	{"config", required_argument, NULL, 'f'},
	{"check", no_argument, NULL, 'c'},
	{"help", no_argument, NULL, 'h'},
	{"version", no_argument, NULL, 'v'},
	{0},
};

static bool usage(const char *what, struct error *err)
{
	return error_set(err, ERROR_USAGE,
		N_("{0} is no option, or it lacks its value; see atended --help"), what, NULL);
}

static void add_listen(const void *mem, struct options *options, const char *address)
{
	options->listen =
		mem_grow(mem, options->listen, const char *, (unsigned)options->listen_count + 1);
	options->listen[options->listen_count++] = address;
}

static void take(const void *mem, struct options *options, int letter, const char *value)
{
	switch (letter) {
	case 'd':
		options->desk = value;
		break;
	case 'l':
		add_listen(mem, options, value);
		break;
	case 'f':
		options->config = value;
		break;
	case 'c':
		options->check = true;
		break;
	case 'h':
		options->wants_help = true;
		break;
	default:
		options->wants_version = true;
	}
}

bool options_read(
	const void *mem, int argc, char **argv, struct options *options, struct error *err)
{
	*options = (struct options){.config = "/etc/atende/atended.conf"};
	options->listen = mem_array(mem, const char *, 0);
	optind = 1;
	opterr = 0;
	int letter;
	while ((letter = getopt_long(argc, argv, "", known, NULL)) != -1) {
		if (letter == '?') {
			return usage(argv[optind - 1], err);
		}
		take(mem, options, letter, optarg);
	}
	options->wants_manual = optind + 1 == argc && strcmp(argv[optind], "manual") == 0;
	return optind == argc || options->wants_manual || usage(argv[optind], err);
}
