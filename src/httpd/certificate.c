#include "httpd/certificate.h"

#include "base/file.h"
#include "base/mem.h"
#include "base/secret.h"

#include <pthread.h>
#include <string.h>
#include <sys/stat.h>

enum { PEM_MOST = 1024 * 1024, CHAIN_MOST = 16 };

/* What was once in use stays until the end: somebody may be shaking hands with it. */
struct certificate {
	struct certificate *former;
	char *text;
	gnutls_pcert_st chain[CHAIN_MOST]; /* the server's own first */
	unsigned count;
	gnutls_privkey_t key;
};

struct certificates {
	pthread_mutex_t lock; /* of current */
	struct certificate *current;
};

struct certificates *certificates_create(void)
{
	struct certificates *certificates = mem_new(NULL, struct certificates);
	pthread_mutex_init(&certificates->lock, NULL);
	return certificates;
}

static void drop(struct certificate *certificate)
{
	for (unsigned i = 0; i < certificate->count; i++) {
		gnutls_pcert_deinit(&certificate->chain[i]);
	}
	if (certificate->key) {
		gnutls_privkey_deinit(certificate->key);
	}
	talloc_free(certificate);
}

void certificates_destroy(struct certificates *certificates)
{
	if (!certificates) {
		return;
	}
	while (certificates->current) {
		struct certificate *last = certificates->current;
		certificates->current = last->former;
		drop(last);
	}
	pthread_mutex_destroy(&certificates->lock);
	talloc_free(certificates);
}

/* --- reading --- */

struct pem {
	char *certificate, *key;
	size_t certificate_size, key_size;
};

/* A key that everybody on the machine can read is no secret. */
static bool check_key(const char *path, struct error *err)
{
	struct stat info;
	return stat(path, &info) != 0 || !(info.st_mode & S_IRWXO) ||
	       error_set_reason(err, ERROR_INVALID, "tls",
		       N_("the key {0} can be read or written by everybody; take that away: chmod "
			  "o= {0}"),
		       path, NULL);
}

static bool read_pem(
	const void *mem, const char *file, const char *key_file, struct pem *pem, struct error *err)
{
	return check_key(key_file, err) &&
	       file_read(mem, file, PEM_MOST, &pem->certificate, &pem->certificate_size, err) &&
	       file_read(mem, key_file, PEM_MOST, &pem->key, &pem->key_size, err);
}

static gnutls_datum_t datum(char *bytes, size_t size)
{
	return (gnutls_datum_t){(unsigned char *)bytes, (unsigned)size};
}

/* The public half of the key is that of the certificate. */
static bool fit(struct certificate *certificate)
{
	unsigned char one[64], other[64];
	size_t one_size = sizeof one, other_size = sizeof other;
	gnutls_pubkey_t half;
	if (gnutls_pubkey_init(&half) != 0) {
		return false;
	}
	bool ok = gnutls_pubkey_import_privkey(half, certificate->key, 0, 0) == 0 &&
		  gnutls_pubkey_get_key_id(half, 0, one, &one_size) == 0 &&
		  gnutls_pubkey_get_key_id(certificate->chain[0].pubkey, 0, other, &other_size) ==
			  0 &&
		  one_size == other_size && memcmp(one, other, one_size) == 0;
	gnutls_pubkey_deinit(half);
	return ok;
}

/* NULL when it does not do. */
static struct certificate *import(const struct pem *pem)
{
	struct certificate *made = mem_new(NULL, struct certificate);
	gnutls_datum_t chain = datum(pem->certificate, pem->certificate_size);
	gnutls_datum_t key = datum(pem->key, pem->key_size);
	unsigned count = CHAIN_MOST;
	made->text = mem_strdup(made, pem->certificate);
	if (gnutls_pcert_list_import_x509_raw(
		    made->chain, &count, &chain, GNUTLS_X509_FMT_PEM, 0) == 0) {
		made->count = count;
	}
	bool ok = made->count > 0 && gnutls_privkey_init(&made->key) == 0 &&
		  gnutls_privkey_import_x509_raw(made->key, &key, GNUTLS_X509_FMT_PEM, NULL, 0) ==
			  0 &&
		  fit(made);
	if (!ok) {
		drop(made);
	}
	return ok ? made : NULL;
}

static void use(struct certificates *certificates, struct certificate *certificate)
{
	pthread_mutex_lock(&certificates->lock);
	certificate->former = certificates->current;
	certificates->current = certificate;
	pthread_mutex_unlock(&certificates->lock);
}

bool certificates_load(struct certificates *certificates, const char *file, const char *key_file,
	struct error *err)
{
	void *scratch = mem_context(NULL);
	struct pem pem = {0};
	bool ok = read_pem(scratch, file, key_file, &pem, err);
	const struct certificate *current = certificates->current;
	if (ok && (!current || strcmp(current->text, pem.certificate) != 0)) {
		struct certificate *made = import(&pem);
		ok = made || error_set_reason(err, ERROR_INVALID, "tls",
				     N_("{0} and {1} are no certificate and key for TLS that fit "
					"together; both are to be in PEM"),
				     file, key_file, NULL);
		if (made) {
			use(certificates, made);
		}
	}
	if (pem.key) {
		secret_wipe(pem.key, pem.key_size);
	}
	talloc_free(scratch);
	return ok;
}

/* --- showing --- */

void certificates_show(struct certificates *certificates, gnutls_session_t session)
{
	gnutls_session_set_ptr(session, certificates);
}

int certificates_retrieve(gnutls_session_t session, const gnutls_datum_t *authorities, int count,
	const gnutls_pk_algorithm_t *algorithms, int algorithm_count, gnutls_pcert_st **chain,
	unsigned *chain_count, gnutls_privkey_t *key)
{
	struct certificates *certificates = gnutls_session_get_ptr(session);
	(void)authorities, (void)count, (void)algorithms, (void)algorithm_count;
	pthread_mutex_lock(&certificates->lock);
	struct certificate *current = certificates->current;
	pthread_mutex_unlock(&certificates->lock);
	*chain = current->chain;
	*chain_count = current->count;
	*key = current->key;
	return 0;
}
