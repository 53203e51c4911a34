#include "atended/config.h"
#include "atended/options.h"
#include "atended/serve.h"
#include "base/mem.h"
#include "base/os.h"

#include <stdio.h>
#include <sys/resource.h>

static int fail(const struct error *err)
{
	char *sentence = error_sentence(NULL, err, NULL);
	fprintf(stderr, "atended: %s\n", sentence);
	talloc_free(sentence);
	return error_exit_status(err->code);
}

/* A connection is a descriptor. */
static void allow_many_files(void)
{
	struct rlimit files;
	if (getrlimit(RLIMIT_NOFILE, &files) == 0) {
		files.rlim_cur = files.rlim_max;
		setrlimit(RLIMIT_NOFILE, &files);
	}
}

static int check(const void *mem, const struct options *options)
{
	char *remark;
	struct error err = {0};
	if (!serve_check(mem, options, &remark, &err)) {
		return fail(&err);
	}
	puts(remark ? remark : "ok");
	return 0;
}

static int start(const struct options *options)
{
	struct error err = {0};
	allow_many_files();
	return serve(options, &err) ? 0 : fail(&err);
}

int main(int argc, char **argv)
{
	struct options options;
	struct error err = {0};
	void *mem = mem_context(NULL);
	os_widen_heaps();
	int status = 0;
	if (!options_read(mem, argc, argv, &options, &err)) {
		status = fail(&err);
	} else if (options.wants_help) {
		fputs(options_usage, stdout);
	} else if (options.wants_version) {
		puts("atended " ATENDE_VERSION);
	} else if (options.wants_manual) {
		fputs(atended_manual(mem), stdout);
	} else {
		status = options.check ? check(mem, &options) : start(&options);
	}
	talloc_free(mem);
	return status;
}
