#include "store/row_shelf.h"

#include "base/mem.h"

enum { PLACES = 1024 };

struct place {
	int64_t version;
	struct row_facts facts; /* their strings are the place's children */
};

struct row_shelf {
	int64_t version;
	struct place *places[PLACES]; /* by number; NULL: nothing yet */
};

struct row_shelf *row_shelf_create(const void *mem)
{
	return mem_new(mem, struct row_shelf);
}

void row_shelf_set_version(struct row_shelf *shelf, int64_t version)
{
	shelf->version = version;
}

const struct row_facts *row_shelf_find(const struct row_shelf *shelf, int64_t number)
{
	const struct place *place = shelf->places[(uint64_t)number % PLACES];
	bool is_it =
		place && place->version == shelf->version && place->facts.ticket.number == number;
	return is_it ? &place->facts : NULL;
}

void row_shelf_put(struct row_shelf *shelf, const struct row_facts *facts, void *own)
{
	struct place **at = &shelf->places[(uint64_t)facts->ticket.number % PLACES];
	talloc_free(*at);
	*at = mem_new(shelf, struct place);
	**at = (struct place){.version = shelf->version, .facts = *facts};
	talloc_steal(*at, own);
}
