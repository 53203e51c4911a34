#include "cli/sample.h"

#include "base/digest.h"
#include "base/mem.h"
#include "cli/sample_make.h"

#include <assert.h>

/* SplitMix64 (Steele, Lea, Flood 2014): small, and the same on every machine. */
int64_t sample_random(struct sample_maker *maker, int64_t n)
{
	uint64_t z = maker->random += UINT64_C(0x9e3779b97f4a7c15);
	z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
	return (int64_t)((z ^ (z >> 31)) % (uint64_t)n);
}

const char *sample_pick(struct sample_maker *maker, const char *section)
{
	const struct sample_section *rows = sample_section(maker->sample, section);
	assert(rows->count > 0);
	const struct sample_row *row = &rows->rows[0];
	return sample_field(row, (size_t)sample_random(maker, (int64_t)row->count));
}

const struct operator_ *sample_operator(const struct sample_maker *maker, int index)
{
	static const char *const logins[SAMPLE_OPERATORS] = {"ana", "bruno", "carla", "davi"};
	const struct operator_ *operator_ = directory_login(maker->call->directory, logins[index]);
	assert(operator_);
	return operator_;
}

struct change *sample_change(struct sample_maker *maker, enum change_kind kind, int64_t at)
{
	struct digest digest;
	digest_init(&digest);
	digest_text(&digest, "sample");
	digest_number(&digest, (int64_t)maker->ids++);
	maker->changes = mem_grow(maker->mem, maker->changes, struct change, maker->count + 1);
	struct change *change = &maker->changes[maker->count++];
	*change = (struct change){.kind = kind,
		.id = digest_uuid(&digest, at ? at : maker->now),
		.actor = store_actor(maker->call->store),
		.imported = at != 0,
		.at = at};
	return change;
}

bool sample_apply(struct sample_maker *maker, struct error *err)
{
	maker->results = mem_array(maker->mem, struct result, maker->count + 1);
	if (!store_apply(maker->call->store, maker->changes, maker->count, maker->results, err)) {
		return false;
	}
	for (size_t i = 0; i < maker->count; i++) {
		if (!maker->results[i].ok) {
			*err = maker->results[i].err;
			return false;
		}
	}
	maker->count = 0;
	return call_directory(maker->call, err);
}

/* One white dot; what a picture shows is nobody's here. */
static bool put_picture(struct sample_maker *maker, struct error *err)
{
	static const unsigned char png[] = {0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0x00,
		0x00, 0x00, 0x0D, 0x49, 0x48, 0x44, 0x52, 0x00, 0x00, 0x00, 0x01, 0x00, 0x00, 0x00,
		0x01, 0x08, 0x00, 0x00, 0x00, 0x00, 0x3A, 0x7E, 0x9B, 0x55, 0x00, 0x00, 0x00, 0x0A,
		0x49, 0x44, 0x41, 0x54, 0x78, 0xDA, 0x63, 0xF8, 0x0F, 0x00, 0x01, 0x01, 0x01, 0x00,
		0x1C, 0xB0, 0x8C, 0x99, 0x00, 0x00, 0x00, 0x00, 0x49, 0x45, 0x4E, 0x44, 0xAE, 0x42,
		0x60, 0x82};
	return store_blob_put(
		maker->call->store, maker->mem, png, sizeof png, &maker->picture, err);
}

bool sample_fill(struct call *call, struct error *err)
{
	struct sample_maker *maker = mem_new(call->mem, struct sample_maker);
	maker->call = call;
	maker->mem = maker;
	maker->sample = sample_parse(maker);
	maker->now = store_now(call->store);
	maker->random = SAMPLE_FIRST_NUMBER;
	return put_picture(maker, err) && sample_directory(maker, err) &&
	       sample_people(maker, err) && sample_history(maker, err);
}
