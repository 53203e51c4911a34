#include "core/query.h"
#include "core/mirror.h"

#include "base/mem.h"

static const char *const order_words[] = {"due", "waiting", "priority", "newest"};
static const char *const list_words[] = {"queue", "mine", "free", "overdue", "waiting", "snoozed",
	"answered", "mentions", "discarded"};

static const char *const part_words[] = {
	"state", "directory", "open", "snoozed", "mine", "tickets", "claims"};

const struct name_table queue_order_names = {"order", order_words, ARRAY_LEN(order_words), NULL};
const struct name_table queue_list_names = {"list", list_words, ARRAY_LEN(list_words), NULL};
const struct name_table mirror_part_names = {"part", part_words, ARRAY_LEN(part_words), NULL};
