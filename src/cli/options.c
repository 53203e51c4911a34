#include "cli/options.h"

#include "base/mem.h"
#include "core/query.h"

static const char *const format_words[] = {"", "jsonl", "csv"};
static const char *const table_words[] = {"", "tickets", "customers", "messages", "notes"};
static const char *const language_words[] = {"", "en", "pt_BR"};
static const char *const shell_words[] = {"", "bash", "zsh", "fish"};

const struct name_table cli_format_names = {"format", format_words, ARRAY_LEN(format_words), NULL};
const struct name_table cli_table_names = {"table", table_words, ARRAY_LEN(table_words), NULL};
const struct name_table cli_language_names = {
	"language", language_words, ARRAY_LEN(language_words), NULL};
const struct name_table cli_shell_names = {"shell", shell_words, ARRAY_LEN(shell_words), NULL};

const struct value_info value_infos[VALUE_TYPES] = {
	[VALUE_NONE] = {"", NULL, NULL},
	[VALUE_LINE] = {N_("TEXT"), NULL, NULL},
	[VALUE_TEXT] = {N_("TEXT"), NULL, NULL},
	[VALUE_FILE] = {N_("FILE"), NULL, NULL},
	[VALUE_DESK] = {N_("DESK"), NULL, NULL},
	[VALUE_TICKET] = {N_("N"), NULL, "ticket"},
	[VALUE_NUMBER] = {N_("NUMBER"), NULL, NULL},
	[VALUE_REVISION] = {N_("REVISION"), NULL, NULL},
	[VALUE_SPAN] = {N_("SPAN"), NULL, NULL},
	[VALUE_TIME] = {N_("TIME"), NULL, NULL},
	[VALUE_UUID] = {N_("UUID"), NULL, NULL},
	[VALUE_ADDRESS] = {N_("ADDRESS"), NULL, NULL},
	[VALUE_CUSTOMER] = {N_("CUSTOMER"), NULL, NULL},
	[VALUE_CHANNEL] = {N_("CHANNEL"), &channel_names, NULL},
	[VALUE_PRIORITY] = {N_("PRIORITY"), &priority_names, NULL},
	[VALUE_ROLE] = {N_("ROLE"), &role_names, NULL},
	[VALUE_CONTACT] = {N_("OUTCOME"), &contact_outcome_names, NULL},
	[VALUE_LIST] = {N_("LIST"), &queue_list_names, NULL},
	[VALUE_ORDER] = {N_("ORDER"), &queue_order_names, NULL},
	[VALUE_FLAG] = {N_("YES|NO"), &flag_names, NULL},
	[VALUE_DRAFT] = {N_("KIND"), &draft_kind_names, NULL},
	[VALUE_FORMAT] = {N_("FORMAT"), &cli_format_names, NULL},
	[VALUE_TABLE] = {N_("TABLE"), &cli_table_names, NULL},
	[VALUE_LANGUAGE] = {N_("LANGUAGE"), &cli_language_names, NULL},
	[VALUE_SHELL] = {N_("SHELL"), &cli_shell_names, NULL},
	[VALUE_COMMAND] = {N_("COMMAND"), NULL, "command"},
	[VALUE_TEAM] = {N_("TEAM"), NULL, "team"},
	[VALUE_OPERATOR] = {N_("OPERATOR"), NULL, "operator"},
	[VALUE_RECEIVER] = {N_("TO"), NULL, "receiver"},
	[VALUE_REASON] = {N_("REASON"), NULL, "reason"},
	[VALUE_ANSWER] = {N_("ANSWER"), NULL, "answer"},
	[VALUE_CALENDAR] = {N_("CALENDAR"), NULL, "calendar"},
	[VALUE_SETTING] = {N_("SETTING"), NULL, "setting"},
	[VALUE_PREFERENCE] = {N_("NAME"), NULL, "preference"},
};

const char *const command_group_titles[COMMAND_GROUPS] = {
	[GROUP_READ] = N_("Reading"),
	[GROUP_ANSWER] = N_("Answering"),
	[GROUP_STATE] = N_("The state of a ticket"),
	[GROUP_TEAM] = N_("Between colleagues"),
	[GROUP_CUSTOMER] = N_("Customers"),
	[GROUP_DAY] = N_("An operator's day"),
	[GROUP_SETUP] = N_("Setting up"),
	[GROUP_CARE] = N_("In, out and care"),
};

const struct command_option common_options[] = {
	{"desk", 0, VALUE_DESK, N_("the desk to work on; else ATENDE_DESK, the configuration")},
	{"as", 0, VALUE_OPERATOR,
		N_("who acts; else ATENDE_AS, the configuration, the login name")},
	{"lang", 0, VALUE_LANGUAGE,
		N_("language: en or pt_BR; else the configuration, the environment")},
	{"json", 0, VALUE_NONE, N_("print JSON with stable keys and RFC 3339 times")},
	{"help", 'h', VALUE_NONE, N_("print what the command takes and does")},
	{"version", 'V', VALUE_NONE, N_("print the version")},
};
const size_t common_option_count = ARRAY_LEN(common_options);

const struct command_option text_options[] = {
	{"file", 'F', VALUE_FILE, N_("take the text from a file; - is standard input")},
	{"message", 'm', VALUE_TEXT, N_("the text itself")},
};
const size_t text_option_count = ARRAY_LEN(text_options);

const struct command_option change_options[] = {
	{"change-id", 0, VALUE_UUID,
		N_("id of the change: the same again gives the first result and alters nothing")},
};
const size_t change_option_count = ARRAY_LEN(change_options);
