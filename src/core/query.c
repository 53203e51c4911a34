#include "core/query.h"

#include "base/mem.h"

static const char *const order_words[] = {"due", "waiting", "priority", "newest"};
static const char *const list_words[] = {"queue", "mine", "free", "overdue", "waiting", "snoozed",
	"answered", "mentions", "discarded"};

const struct name_table queue_order_names = {"order", order_words, ARRAY_LEN(order_words), NULL};
const struct name_table queue_list_names = {"list", list_words, ARRAY_LEN(list_words), NULL};
