#include "again.h"
#include "test.h"

#include "base/mem.h"
#include "codec/customer_json.h"
#include "codec/desk_json.h"
#include "codec/directory_json.h"
#include "codec/ticket_json.h"

#include <string.h>

static char *copy(const void *mem, const char *text)
{
	return mem_strdup(mem, text);
}

static struct directory *small_directory(const void *mem)
{
	struct directory *directory = mem_new(mem, struct directory);
	directory->operators = mem_array(directory, struct operator_, 2);
	directory->operator_count = 2;
	directory->operators[0] = (struct operator_){.id = 1,
		.login = copy(mem, "ana"),
		.name = copy(mem, "Ana"),
		.role = ROLE_OPERATOR,
		.enabled = true,
		.pause_reason = copy(mem, "")};
	directory->operators[1] = (struct operator_){.id = 2,
		.login = copy(mem, "bruno"),
		.name = copy(mem, "Bruno"),
		.role = ROLE_SUPERVISOR,
		.pause_reason = copy(mem, "")};
	directory->operators[0].teams = mem_array(directory, int64_t, 1);
	directory->operators[0].teams[0] = 5;
	directory->operators[0].team_count = 1;
	directory->teams = mem_array(directory, struct team, 1);
	directory->teams[0] = (struct team){
		.id = 5, .key = copy(mem, "entrega"), .name = copy(mem, "Entrega"), .calendar = 4};
	directory->team_count = 1;
	directory->reasons = mem_array(directory, struct reason, 1);
	directory->reasons[0] = (struct reason){
		.id = 7, .key = copy(mem, "atraso"), .name = copy(mem, "Atraso"), .enabled = true};
	directory->reason_count = 1;
	directory->targets = mem_array(directory, struct target, 1);
	directory->targets[0] = (struct target){.team = 5, .first_answer_ms = 3600000};
	directory->target_count = 1;
	directory->calendar_rows = mem_array(directory, struct calendar_row, 1);
	directory->calendar_rows[0] = (struct calendar_row){.id = 4,
		.key = copy(mem, "loja"),
		.zone = copy(mem, "America/Sao_Paulo"),
		.hours = copy(mem, "mon-fri 09:00-18:00"),
		.holidays = copy(mem, "")};
	directory->calendar_count = 1;
	settings_init(directory, &directory->settings);
	return directory;
}

static struct ticket_row small_row(const void *mem)
{
	struct ticket_row row = {
		.ticket = {.number = 1001,
			.state = TICKET_OPEN,
			.subject = copy(mem, "Pedido"),
			.customer = 12,
			.channel = CHANNEL_EMAIL,
			.team = 5,
			.priority = PRIORITY_NORMAL,
			.assignee = 2,
			.opened_at = 1000,
			.waiting_since = 1000,
			.answer_due_at = DUE_NEVER,
			.resolve_due_at = DUE_NEVER,
			.due_at = DUE_NEVER,
			.reason = 7,
			.newest_public = 17,
			.message_count = 1,
			.tags = copy(mem, " vip late "),
			.ref = copy(mem, ""),
			.revision = 18},
		.customer_name = copy(mem, "Jo\xC3\xA3o"),
		.customer_address = copy(mem, "joao@exemplo.com.br"),
		.snippet = copy(mem, ""),
	};
	return row;
}

static const char row_start[] =
	"{\"number\":1001,\"state\":\"open\",\"subject\":\"Pedido\",\"channel\":\"email\","
	"\"team\":\"entrega\",\"priority\":\"normal\",";
static const char row_free[] =
	"\"claimed_by\":null,\"claim_since\":null,\"claim_expires_at\":null,"
	"\"claim_generation\":null,\"claim_grace\":false,\"claim\":null,\"covered_by\":null,";
static const char row_held[] =
	"\"claimed_by\":\"ana\",\"claim_since\":\"1970-01-01T00:00:02Z\","
	"\"claim_expires_at\":\"1970-01-01T00:02:02Z\",\"claim_generation\":16,"
	"\"claim_grace\":false,\"claim\":{\"ticket\":1001,\"customer\":12,\"separate\":false,"
	"\"is_logged\":false,\"worked_from\":null,\"worked_to\":null},\"covered_by\":null,";
static const char row_end[] =
	"\"waiting_since\":\"1970-01-01T00:00:01Z\",\"due_at\":null,\"answer_due_at\":null,"
	"\"resolve_due_at\":null,\"opened_at\":\"1970-01-01T00:00:01Z\",\"opened_by\":null,"
	"\"run_at\":null,\"first_answer_at\":null,\"snoozed_until\":null,\"waited_at\":null,"
	"\"resolved_at\":null,\"resolved_by_time\":false,\"former_state\":null,\"reason\":"
	"\"atraso\",\"merged_into\":null,\"linked_to\":null,"
	"\"escalated_at\":null,\"ref\":null,\"message_count\":1,\"note_count\":0,"
	"\"newest_message\":17,\"newest_is_ours\":false,\"has_draft\":false,\"revision\":18,"
	"\"assignee\":\"bruno\",\"assigned_to\":\"bruno\",\"tags\":[\"vip\",\"late\"],\"cursor\":"
	"null";
static const char row_customer[] =
	",\"customer\":{\"id\":12,\"name\":\"Jo\xC3\xA3o\",\"address\":\"joao@exemplo.com.br\","
	"\"shared\":false}}";

static void a_queue_page_names_what_it_shows(void **state)
{
	(void)state;
	void *mem = mem_context(NULL);
	struct ticket_row rows[] = {small_row(mem), small_row(mem)};
	rows[1].claim = (struct claim){.ticket = 1001,
		.customer = 12,
		.operator_id = 1,
		.since = 2000,
		.expires_at = 122000,
		.generation = 16};
	struct queue_page page = {.count = 2, .rows = rows, .has_more = true, .revision = 18};
	char *expected = mem_printf(mem,
		"{\"tickets\":[%s%s%s%s,%s%s%s%s],\"has_more\":true,\"next\":null,\"revision\":18,"
		"\"scanned\":0}",
		row_start, row_free, row_end, row_customer, row_start, row_held, row_end,
		row_customer);
	assert_string_equal(
		json_print(mem, queue_page_json(mem, &page, small_directory(mem), 3000)), expected);
	talloc_free(mem);
}

static void an_assignee_counts_until_half_an_hour_before_due(void **state)
{
	(void)state;
	void *mem = mem_context(NULL);
	struct ticket_row row = small_row(mem);
	row.ticket.due_at = 1800000 + 5000;
	for (int64_t now = 4000; now <= 6000; now += 2000) {
		struct json *object = json_object(mem);
		ticket_row_add_json(object, &row, small_directory(mem), now);
		const struct json *read = again(mem, object);
		const char *assignee = json_text(json_get(read, "assignee"));
		assert_int_equal(assignee != NULL, now < 5000);
		assert_string_equal(json_text(json_get(read, "due_at")), "1970-01-01T00:30:05Z");
	}
	talloc_free(mem);
}

static struct ticket_view small_view(const void *mem)
{
	struct attachment *file = mem_new(mem, struct attachment);
	*file = (struct attachment){.id = 7,
		.text = 16,
		.name = copy(mem, "foto.png"),
		.media_type = copy(mem, "image/png"),
		.size_bytes = 84000,
		.blob = copy(mem, "00ff")};
	struct ticket_view view = {.row = small_row(mem), .message_count = 2, .note_count = 1};
	view.messages = mem_array(mem, struct message, 2);
	view.messages[0] = (struct message){.id = 15,
		.ticket = 1001,
		.direction = DIRECTION_IN,
		.channel = CHANNEL_EMAIL,
		.at = 1000,
		.text = copy(mem, "Oi\n"),
		.state = MESSAGE_RECEIVED,
		.message_id = copy(mem, "")};
	view.messages[1] = (struct message){.id = 16,
		.ticket = 1001,
		.direction = DIRECTION_OUT,
		.author = 1,
		.channel = CHANNEL_PHONE,
		.at = 2000,
		.text = copy(mem, "Ligado"),
		.state = MESSAGE_SENT,
		.message_id = copy(mem, "x@y"),
		.address = copy(mem, "joao@exemplo.com"),
		.attachments = {1, file},
		.contact = CONTACT_ANSWERED,
		.from_at = 1000,
		.to_at = 2000};
	view.notes = mem_array(mem, struct note, 1);
	view.notes[0] = (struct note){
		.id = 17, .ticket = 1001, .author = 2, .at = 3000, .text = copy(mem, "n")};
	view.question_count = 1;
	view.questions = mem_array(mem, struct question, 1);
	view.questions[0] = (struct question){.id = 18,
		.ticket = 1001,
		.asked_by = 1,
		.team = 5,
		.at = 1000,
		.due_at = DUE_NEVER,
		.text = copy(mem, "?"),
		.answer = copy(mem, "")};
	view.draft_count = 1;
	view.drafts = mem_array(mem, struct draft, 1);
	view.drafts[0] = (struct draft){.ticket = 1001,
		.operator_id = 1,
		.kind = DRAFT_REPLY,
		.text = copy(mem, "d"),
		.updated_at = 1000};
	return view;
}

static void a_ticket_shows_its_texts(void **state)
{
	(void)state;
	void *mem = mem_context(NULL);
	struct ticket_view view = small_view(mem);
	view.customer.customer.name = copy(mem, "x");
	const struct json *json =
		again(mem, ticket_view_json(mem, &view, small_directory(mem), 3000));
	assert_string_equal(json_print(mem, json_get(json, "messages")),
		"[{\"id\":15,\"direction\":\"in\",\"author\":null,\"at\":\"1970-01-01T00:00:01Z\","
		"\"text\":\"Oi\\n\",\"state\":\"received\",\"channel\":\"email\",\"send_at\":null,"
		"\"message_id\":null,\"contact\":null,\"from\":null,\"to\":null,"
		"\"address\":null,\"ticket\":1001,\"run_at\":null,\"is_first\":false,"
		"\"attachments\":[]},"
		"{\"id\":16,\"direction\":\"out\",\"author\":\"ana\","
		"\"at\":\"1970-01-01T00:00:02Z\",\"text\":\"Ligado\",\"state\":\"sent\","
		"\"channel\":\"phone\",\"send_at\":null,\"message_id\":\"x@y\","
		"\"contact\":\"answered\",\"from\":\"1970-01-01T00:00:01Z\","
		"\"to\":\"1970-01-01T00:00:02Z\",\"address\":\"joao@exemplo.com\","
		"\"ticket\":1001,\"run_at\":null,\"is_first\":false,\"attachments\":[{\"id\":7,"
		"\"name\":\"foto.png\",\"media_type\":\"image/png\","
		"\"size_bytes\":84000,\"blob\":\"00ff\",\"of\":16}]}]");
	assert_string_equal(json_print(mem, json_get(json, "notes")),
		"[{\"id\":17,\"author\":\"bruno\",\"at\":\"1970-01-01T00:00:03Z\",\"text\":\"n\","
		"\"ticket\":1001,\"attachments\":[]}]");
	assert_string_equal(json_print(mem, json_get(json, "questions")),
		"[{\"id\":18,\"asked_by\":\"ana\",\"team\":\"entrega\","
		"\"at\":\"1970-01-01T00:00:01Z\",\"due_at\":null,\"text\":\"?\","
		"\"answered_at\":null,\"answered_by\":null,\"answer\":null,\"ticket\":1001}]");
	assert_string_equal(json_print(mem, json_get(json, "drafts")),
		"[{\"ticket\":1001,\"operator\":\"ana\",\"kind\":\"reply\",\"text\":\"d\","
		"\"generation\":null,\"seen\":null,\"updated_at\":\"1970-01-01T00:00:01Z\","
		"\"discarded_at\":null,\"address\":null,\"id\":null,\"attachments\":[]}]");
	assert_int_equal(json_type_of(json_get(json_get(json, "customer"), "history")), JSON_ARRAY);
	talloc_free(mem);
}

static void a_customer_shows_addresses_notes_and_history(void **state)
{
	(void)state;
	void *mem = mem_context(NULL);
	struct address address = {.id = 3,
		.customer = 12,
		.kind = ADDRESS_EMAIL,
		.value = copy(mem, "Joao@Exemplo.com.br"),
		.key = copy(mem, "email:joao@exemplo.com.br")};
	struct customer_note note = {.id = 9,
		.customer = 12,
		.author = 1,
		.at = 1000,
		.text = copy(mem, "n"),
		.pinned = true};
	struct history_row history = {
		.number = 1001, .state = TICKET_OPEN, .opened_at = 1000, .subject = copy(mem, "")};
	struct customer_view view = {.customer = {.id = 12,
					     .name = copy(mem, "Jo\xC3\xA3o"),
					     .preferred_channel = CHANNEL_PHONE,
					     .do_not_call = true,
					     .created_at = 1000,
					     .ref = copy(mem, "c-1")},
		.address_count = 1,
		.addresses = &address,
		.note_count = 1,
		.notes = &note,
		.history_count = 1,
		.history = &history};
	assert_string_equal(json_print(mem, customer_view_json(mem, &view, small_directory(mem))),
		"{\"id\":12,\"name\":\"Jo\xC3\xA3o\",\"preferred_channel\":\"phone\","
		"\"do_not_call\":true,\"shared\":false,\"created_at\":\"1970-01-01T00:00:01Z\","
		"\"merged_into\":null,\"ref\":\"c-1\",\"address\":\"Joao@Exemplo.com.br\","
		"\"addresses\":[{\"kind\":\"email\",\"value\":\"Joao@Exemplo.com.br\","
		"\"key\":\"email:joao@exemplo.com.br\",\"id\":3,\"customer\":12}],\"notes\":[{"
		"\"id\":9,\"author\":\"ana\","
		"\"at\":\"1970-01-01T00:00:01Z\",\"text\":\"n\",\"pinned\":true,\"removed\":false,"
		"\"customer\":12}],"
		"\"history\":[{\"number\":1001,\"state\":\"open\","
		"\"opened_at\":\"1970-01-01T00:00:01Z\",\"subject\":null}],"
		"\"has_more_history\":false}");
	talloc_free(mem);
}

static void the_log_keeps_detail_as_it_is(void **state)
{
	(void)state;
	void *mem = mem_context(NULL);
	struct feed_item item = {.revision = 17,
		.at = 1000,
		.kind = CHANGE_REPLY,
		.actor = 1,
		.ticket = 1001,
		.detail = copy(mem, "{\"outcome\":\"wait\"}")};
	struct feed feed = {.count = 1, .items = &item, .revision = 20};
	assert_true(uuid_parse("0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b", &item.id));
	assert_string_equal(json_print(mem, feed_json(mem, &feed, small_directory(mem))),
		"{\"changes\":[{\"revision\":17,\"at\":\"1970-01-01T00:00:01Z\",\"actor\":\"ana\","
		"\"ticket\":1001,\"customer\":null,\"other\":null,\"to\":null,\"imported\":false,"
		"\"kind\":\"reply\",\"id\":\"0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b\","
		"\"detail\":{\"outcome\":\"wait\"}}],\"revision\":20,\"presence\":0}");
	talloc_free(mem);
}

static void the_directory_is_shown_by_keys(void **state)
{
	(void)state;
	void *mem = mem_context(NULL);
	const struct json *json = again(mem, directory_json(mem, small_directory(mem)));
	assert_string_equal(json_print(mem, json_get(json, "operators")),
		"[{\"id\":1,\"login\":\"ana\",\"name\":\"Ana\",\"role\":\"operator\","
		"\"enabled\":true,\"paused_at\":null,\"pause_reason\":null,\"signed_in_at\":null,"
		"\"worked_until\":null,\"teams\":[\"entrega\"],\"preferences\":[]},{\"id\":2,"
		"\"login\":\"bruno\",\"name\":\"Bruno\","
		"\"role\":\"supervisor\",\"enabled\":false,\"paused_at\":null,"
		"\"pause_reason\":null,\"signed_in_at\":null,\"worked_until\":null,\"teams\":[],"
		"\"preferences\":[]}]");
	assert_string_equal(json_print(mem, json_get(json, "teams")),
		"[{\"id\":5,\"key\":\"entrega\",\"name\":\"Entrega\",\"calendar\":\"loja\","
		"\"question_ms\":0}]");
	assert_string_equal(json_print(mem, json_get(json, "reasons")),
		"[{\"id\":7,\"key\":\"atraso\",\"name\":\"Atraso\",\"parent\":null,"
		"\"enabled\":true}]");
	assert_string_equal(json_print(mem, json_get(json, "targets")),
		"[{\"team\":\"entrega\",\"channel\":null,\"priority\":null,"
		"\"first_answer_ms\":3600000,\"next_answer_ms\":0,\"resolution_ms\":0}]");
	assert_int_equal(json_count(json_get(json, "settings")), setting_info_count);
	int64_t claim = 0;
	assert_true(json_int(json_get(json_get(json, "settings"), "claim"), &claim));
	assert_int_equal(claim, 120000);
	assert_int_equal(json_count(json_get(json, "answers")), 0);
	assert_string_equal(json_text(json_get(json_at(json_get(json, "calendars"), 0), "zone")),
		"America/Sao_Paulo");
	talloc_free(mem);
}

static void counts_are_numbers(void **state)
{
	(void)state;
	void *mem = mem_context(NULL);
	struct counts counts = {.open = 80, .free = 60, .overdue = 1000, .overdue_is_capped = true};
	assert_string_equal(json_print(mem, counts_json(mem, &counts)),
		"{\"open\":80,\"free\":60,\"mine\":0,\"overdue\":1000,\"overdue_is_capped\":true,"
		"\"waiting\":0,\"snoozed\":0,\"drafts\":0}");
	talloc_free(mem);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_queue_page_names_what_it_shows),
		cmocka_unit_test(an_assignee_counts_until_half_an_hour_before_due),
		cmocka_unit_test(a_ticket_shows_its_texts),
		cmocka_unit_test(a_customer_shows_addresses_notes_and_history),
		cmocka_unit_test(the_log_keeps_detail_as_it_is),
		cmocka_unit_test(the_directory_is_shown_by_keys),
		cmocka_unit_test(counts_are_numbers),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
