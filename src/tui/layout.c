#include "tui/layout.h"

enum {
	WIDE_COLUMNS = 120,
	BESIDE_COLUMNS = 90,
	BELOW_COLUMNS = 80,
	COMPACT_COLUMNS = 60,
	BELOW_ROWS = 20,
	PREVIEW_ROWS = 5, /* with its rule */
	CUSTOMER_COLUMNS = 34,
};

static bool begin(struct layout *layout, int columns, int rows)
{
	layout->is_too_small = columns < LAYOUT_MIN_COLUMNS || rows < LAYOUT_MIN_ROWS;
	layout->status_row = rows - 2;
	layout->hint_row = rows - 1;
	return !layout->is_too_small;
}

struct layout layout_queue(int columns, int rows, bool preview)
{
	struct layout layout = {0};
	if (!begin(&layout, columns, rows)) {
		return layout;
	}
	layout.is_compact = columns < COMPACT_COLUMNS;
	layout.has_heads = rows > LAYOUT_MIN_ROWS;
	int first = layout.has_heads ? 2 : 1;
	layout.list = (struct area){first, 0, layout.status_row - first, columns};
	if (!preview) {
		return layout;
	}
	if (columns >= WIDE_COLUMNS) {
		int list = columns * 46 / 100;
		layout.list.columns = list;
		layout.customer = (struct area){
			1, columns - CUSTOMER_COLUMNS, layout.status_row - 1, CUSTOMER_COLUMNS};
		layout.preview = (struct area){
			1, list + 1, layout.status_row - 1, columns - CUSTOMER_COLUMNS - list - 2};
	} else if (columns >= BESIDE_COLUMNS) {
		int list = columns * 58 / 100;
		layout.list.columns = list;
		layout.preview =
			(struct area){1, list + 1, layout.status_row - 1, columns - list - 1};
	} else if (columns >= BELOW_COLUMNS && rows >= BELOW_ROWS) {
		layout.list.rows -= PREVIEW_ROWS;
		layout.preview =
			(struct area){layout.status_row - PREVIEW_ROWS, 0, PREVIEW_ROWS, columns};
	}
	return layout;
}

struct layout layout_ticket(int columns, int rows, bool customer)
{
	struct layout layout = {0};
	if (!begin(&layout, columns, rows)) {
		return layout;
	}
	struct area body = {TICKET_HEADER_ROWS, 0, layout.status_row - TICKET_HEADER_ROWS, columns};
	layout.list = body;
	if (columns >= WIDE_COLUMNS) {
		layout.list.columns = columns - CUSTOMER_COLUMNS - 1;
		layout.customer = body;
		layout.customer.column = columns - CUSTOMER_COLUMNS;
		layout.customer.columns = CUSTOMER_COLUMNS;
	} else if (customer) {
		layout.customer = body;
		layout.list.rows = 0;
	}
	return layout;
}

struct layout layout_compose(int columns, int rows)
{
	struct layout layout = {0};
	if (!begin(&layout, columns, rows)) {
		return layout;
	}
	int body = layout.hint_row - 1;
	int above = body * 2 / 5;
	layout.list = (struct area){1, 0, above, columns};
	layout.preview = (struct area){1 + above, 0, body - above, columns};
	return layout;
}

static int total(const struct column *columns, size_t count)
{
	int sum = 0;
	for (size_t i = 0; i < count; i++) {
		sum += columns[i].width;
	}
	return sum;
}

static struct column *whose_turn(struct column *columns, size_t count, int turn, bool drop)
{
	for (size_t i = 0; i < count; i++) {
		if ((drop ? columns[i].drop : columns[i].shrink) == turn) {
			return &columns[i];
		}
	}
	return NULL;
}

static int give_way(struct column *columns, size_t count, int width, bool drop)
{
	int over = total(columns, count) - width;
	for (int turn = 1; over > 0 && turn <= (int)count; turn++) {
		struct column *column = whose_turn(columns, count, turn, drop);
		if (!column) {
			continue;
		}
		int wanted = column->width - over;
		column->width = drop ? 0 : wanted < column->least ? column->least : wanted;
		over = total(columns, count) - width;
	}
	return over;
}

void layout_columns(struct column *columns, size_t count, int width)
{
	for (size_t i = 0; i < count; i++) {
		columns[i].width = columns[i].ideal;
	}
	int over = give_way(columns, count, width, false);
	if (over > 0) {
		over = give_way(columns, count, width, true);
	}
	for (size_t i = 0; i < count && over != 0; i++) {
		if (columns[i].grows && columns[i].width - over > 0) {
			columns[i].width -= over;
			over = 0;
		}
	}
}
