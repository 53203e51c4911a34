#include "certificates.h"

#include "test.h"

#include "base/mem.h"

#include <stdarg.h>
#include <stdbool.h>

static struct program_result *openssl(const struct desk *desk, const char *const *words)
{
	struct program program = {.argv = words, .environment = desk_environment(desk, NULL)};
	return program_run(desk, &program);
}

/* Runs openssl with these words in the directory of the desk. */
static void run(const struct desk *desk, ...)
{
	enum { WORDS_MAX = 40 };
	const char *words[WORDS_MAX] = {"/usr/bin/openssl"};
	va_list more;
	va_start(more, desk);
	for (size_t i = 1; i < WORDS_MAX && (words[i] = va_arg(more, const char *)); i++) {
	}
	va_end(more);
	struct program_result *result = openssl(desk, words);
	if (result->status != 0) {
		fail_msg("openssl: %s", result->err);
	}
}

static char *file_of(const struct desk *desk, const char *name, const char *ending)
{
	return desk_path(desk, mem_printf(desk, "%s%s", name, ending));
}

char *authority_make(const struct desk *desk, const char *name)
{
	char *certificate = file_of(desk, name, ".crt");
	run(desk, "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
		"-keyout", file_of(desk, name, ".key"), "-out", certificate, "-subj",
		mem_printf(desk, "/CN=%s", name), "-days", "2", NULL);
	return certificate;
}

void certificate_make(const struct desk *desk, const char *authority, const char *name,
	const char *names, int days)
{
	char *extensions = desk_write(desk, mem_printf(desk, "%s.ext", name),
		mem_printf(desk, "subjectAltName=%s\n", names));
	run(desk, "req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
		"-keyout", file_of(desk, name, ".key"), "-out", file_of(desk, name, ".csr"),
		"-subj", mem_printf(desk, "/CN=%s", name), NULL);
	run(desk, "x509", "-req", "-in", file_of(desk, name, ".csr"), "-CA",
		file_of(desk, authority, ".crt"), "-CAkey", file_of(desk, authority, ".key"),
		"-CAcreateserial", "-extfile", extensions, "-days", mem_printf(desk, "%d", days),
		"-out", file_of(desk, name, ".crt"), NULL);
}

bool tls_is_spoken(const struct desk *desk, int port, const char *version)
{
	const char *const words[] = {"/usr/bin/openssl", "s_client", "-connect",
		mem_printf(desk, "127.0.0.1:%d", port), version, "-cipher", "ALL:@SECLEVEL=0",
		NULL};
	return openssl(desk, words)->status == 0;
}
