#include "test.h"

#include "base/mem.h"
#include "base/timestamp.h"
#include "codec/mapping.h"
#include "core/ticket.h"

#include <string.h>

static const struct mapping *parsed(const void *mem, const char *text)
{
	struct mapping *mapping;
	struct error err = {0};
	if (!mapping_parse(mem, text, strlen(text), &mapping, &err)) {
		fail_msg("%s: %s", text, error_sentence(mem, &err, NULL));
	}
	return mapping;
}

static bool apply(const void *mem, const struct mapping *mapping, const char *record,
	struct import_item *item, struct error *err)
{
	const struct json *json;
	assert_true(json_parse(mem, record, strlen(record), 1, &json, err));
	return mapping_apply_json(mem, mapping, json, item, err);
}

static struct import_item applied(const void *mem, const char *text, const char *record)
{
	struct import_item item;
	struct error err = {0};
	if (!apply(mem, parsed(mem, text), record, &item, &err)) {
		fail_msg("%s: %s", record, error_sentence(mem, &err, NULL));
	}
	return item;
}

static void not_applied(const char *text, const char *record, const char *word)
{
	void *mem = mem_context(NULL);
	struct import_item item;
	struct error err = {0};
	if (apply(mem, parsed(mem, text), record, &item, &err)) {
		fail_msg("accepted: %s", record);
	}
	assert_int_equal(err.code, ERROR_INVALID);
	if (!strstr(error_sentence(mem, &err, NULL), word)) {
		fail_msg("%s: %s", record, error_sentence(mem, &err, NULL));
	}
	talloc_free(mem);
}

/* The subject that a template makes of a record. */
static void fills(const char *pattern, const char *record, const char *expected)
{
	void *mem = mem_context(NULL);
	char *text = mem_printf(mem, "[customer]\nref = x\n[ticket]\nsubject = %s\n", pattern);
	assert_string_equal(applied(mem, text, record).subject, expected);
	talloc_free(mem);
}

static void places_are_filled(void **state)
{
	(void)state;
	fills("{a}", "{\"a\":\"x\"}", "x");
	fills("<{a}-{b}>", "{\"a\":1,\"b\":true}", "<1-true>");
	fills("{{{a}}}", "{\"a\":\"x\"}", "{x}");
	fills("no places", "{}", "no places");
	fills("{a.b.c}", "{\"a\":{\"b\":{\"c\":\"x\"}}}", "x");
	fills("{a[1].b}", "{\"a\":[0,{\"b\":\"x\"}]}", "x");
	fills("{a.1.b}", "{\"a\":[0,{\"b\":\"x\"}]}", "x");
	fills("{a[0][1]}", "{\"a\":[[1,2]]}", "2");
	fills("{\"a b.c\"}", "{\"a b.c\":\"x\"}", "x");
	fills("{ \"a\\\"\\\\\" : 1 }", "{\"a\\\"\\\\\":\"xy\"}", "x");
	fills("{Nº}", "{\"Nº\":7}", "7");
	fills("\"  x\\t{a}\\\\\"", "{\"a\":\"y\"}", "x y\\");
}

static void the_first_that_is_there_counts(void **state)
{
	(void)state;
	fills("{a|b|c}", "{\"a\":null,\"b\":\" \\n\",\"c\":\"x\"}", "x");
	fills("{a|b}", "{\"a\":{},\"b\":[null,{}],\"c\":1}", "");
	fills("{a|'none'}", "{}", "none");
	fills("{ a | 'a|b:}' }", "{}", "a|b:}");
	fills("{a.b}", "{\"a\":\"text\"}", "");
	fills("{a[5]}", "{\"a\":[1]}", "");
}

static void a_value_without_its_places_is_not_given(void **state)
{
	(void)state;
	fills("Order {a}: {b}", "{}", "");
	fills("Order {a}: {b}", "{\"b\":\"late\"}", "Order : late");
}

static void cuts_are_of_characters(void **state)
{
	(void)state;
	fills("{a:3}", "{\"a\":\"ação\"}", "açã");
	fills("{a:3}", "{\"a\":\"ab\"}", "ab");
	/* A family of four code points with joiners is one. */
	fills("{a:2}", "{\"a\":\"x\\ud83d\\udc68\\u200d\\ud83d\\udc69y\"}",
		"x\xF0\x9F\x91\xA8\xE2\x80\x8D\xF0\x9F\x91\xA9");
	fills("{a|b:1}", "{\"b\":\"xyz\"}", "x");
}

static void numbers_and_arrays_are_texts(void **state)
{
	(void)state;
	fills("{a}", "{\"a\":9007199254740991}", "9007199254740991");
	fills("{a}", "{\"a\":1000000000000000}", "1000000000000000");
	fills("{a}", "{\"a\":-0.5}", "-0.5");
	fills("{a}", "{\"a\":44.90}", "44.9");
	fills("{a}", "{\"a\":[1,\"b\",true,null,{}]}", "1, b, true");
}

static const char reviews[] = "# reviews\n"
			      "; and another\n"
			      "\n"
			      "[source]\n"
			      "format = jsonl\n"
			      "zone = America/Sao_Paulo\n"
			      "[customer]\n"
			      "  ref = {id}  \n"
			      "address = {emails}\n"
			      "address = {phone}\n"
			      "do_not_call = {quiet}\n"
			      "channel = WhatsApp\n"
			      "[ticket]\n"
			      "ref = R{id}\n"
			      "at = {at}\n"
			      "state = {score}\n"
			      "priority = {urgency}\n"
			      "tags = {tags}\n"
			      "[words ticket.state]\n"
			      "Ótimo = resolved\n"
			      "* = open\n"
			      "[message]\n"
			      "each = talk\n"
			      "when = {.text}\n"
			      "text = {.text}\n"
			      "at = {.at}\n"
			      "direction = {.way}\n"
			      "author = {.by}\n"
			      "state = {.sent}\n"
			      "[message]\n"
			      "each = lines\n"
			      "text = {.}\n"
			      "[note]\n"
			      "text = {note}\n"
			      "[remark]\n"
			      "text = {remark}\n"
			      "pinned = true\n";

static void a_whole_record(void **state)
{
	(void)state;
	void *mem = mem_context(NULL);
	struct import_item item = applied(mem, reviews,
		"{\"id\":7,\"emails\":[\"a@b.example\",\"c@d.example\",\"a@b.example\"],"
		"\"phone\":\"11 98765-4321\",\"quiet\":true,\"at\":\"2018-11-03T12:00:00\","
		"\"score\":\"OTIMO\",\"tags\":\"vip, late\",\"urgency\":\"high\","
		"\"talk\":[{\"text\":\"dois\\nlinhas\",\"at\":\"2018-11-05T12:00:00\","
		"\"way\":\"out\",\"by\":\"ana\",\"sent\":\"bounced\"},"
		"{\"text\":\"um\",\"at\":\"2018-11-03T12:00:00\"},{\"text\":null},{\"at\":5}],"
		"\"lines\":[\"x\",\"y\"],\"note\":\"n\",\"remark\":\"r\"}");
	assert_string_equal(item.customer_ref, "7");
	assert_string_equal(item.customer_name, "");
	assert_int_equal(item.address_count, 3);
	assert_string_equal(item.addresses[1], "c@d.example");
	assert_string_equal(item.addresses[2], "11 98765-4321");
	assert_int_equal(item.do_not_call, FLAG_YES);
	assert_int_equal(item.shared, FLAG_UNSET);
	assert_int_equal(item.customer_channel, CHANNEL_WHATSAPP);
	assert_true(item.has_ticket);
	assert_string_equal(item.ticket_ref, "R7");
	assert_string_equal(item.team, "");
	assert_int_equal(item.state, TICKET_RESOLVED);
	assert_int_equal(item.priority, PRIORITY_HIGH);
	assert_int_equal(item.tag_count, 2);
	assert_string_equal(item.tags[1], "late");
	assert_false(item.was_cleaned);

	/* By time, then in the order of the mapping; summer time began between the two days. */
	static const char *const texts[] = {"um", "x", "y", "n", "r", "dois\nlinhas"};
	int64_t first, last;
	assert_true(timestamp_parse("2018-11-03T15:00:00Z", 0, &first));
	assert_true(timestamp_parse("2018-11-05T14:00:00Z", 0, &last));
	assert_int_equal(item.at, first);
	assert_int_equal(item.text_count, ARRAY_LEN(texts));
	for (size_t i = 0; i < item.text_count; i++) {
		assert_string_equal(item.texts[i].text, texts[i]);
		assert_int_equal(item.texts[i].at, i < 5 ? first : last);
	}
	assert_int_equal(item.texts[0].direction, DIRECTION_IN);
	assert_int_equal(item.texts[0].kind, IMPORT_MESSAGE);
	assert_string_equal(item.texts[0].author, "");
	assert_int_equal(item.texts[3].kind, IMPORT_NOTE);
	assert_int_equal(item.texts[3].direction, DIRECTION_NONE);
	assert_int_equal(item.texts[4].kind, IMPORT_REMARK);
	assert_int_equal(item.texts[4].pinned, FLAG_YES);
	assert_int_equal(item.texts[5].direction, DIRECTION_OUT);
	assert_int_equal(item.texts[5].state, MESSAGE_BOUNCED);
	assert_string_equal(item.texts[5].author, "ana");
	talloc_free(mem);
}

static void words_are_compared_without_case_and_accents(void **state)
{
	(void)state;
	void *mem = mem_context(NULL);
	static const char record[] = "{\"id\":1,\"at\":\"2018-01-01\",\"score\":\"%s\"}";
	assert_int_equal(
		applied(mem, reviews, "{\"id\":1,\"at\":\"2018-01-01\",\"score\":\"ótimo\"}").state,
		TICKET_RESOLVED);
	assert_int_equal(applied(mem, reviews, record).state, TICKET_OPEN);
	assert_int_equal(
		applied(mem, reviews, "{\"id\":1,\"at\":\"2018-01-01\"}").state, TICKET_NO_STATE);
	talloc_free(mem);
}

static void times(const char *source, const char *value, const char *expected)
{
	void *mem = mem_context(NULL);
	char *text = mem_printf(mem, "[source]\n%s\n[ticket]\nref=1\nat={a}\n", source);
	char *record = mem_printf(mem, "{\"a\":%s}", value);
	assert_string_equal(timestamp_format(mem, applied(mem, text, record).at), expected);
	talloc_free(mem);
}

static void times_are_read(void **state)
{
	(void)state;
	static const char paulo[] = "zone = America/Sao_Paulo";
	times("zone = UTC", "\"2018-01-02T03:04:05\"", "2018-01-02T03:04:05Z");
	times(paulo, "\"2018-01-02 03:04\"", "2018-01-02T05:04:00Z");
	times(paulo, "\"2018-07-02 03:04\"", "2018-07-02T06:04:00Z");
	times(paulo, "\"2018-01-02T03:04:05+01:00\"", "2018-01-02T02:04:05Z");
	times(paulo, "\"2018-01-02T03:04:05Z\"", "2018-01-02T03:04:05Z");
	times(paulo, "\"2018-01-02\"", "2018-01-02T02:00:00Z");
	times(paulo, "1514862245", "2018-01-02T03:04:05Z");
	times(paulo, "1514862245250", "2018-01-02T03:04:05.250Z");
	times(paulo, "\"1514862245\"", "2018-01-02T03:04:05Z");
	/* Twice: the first; never: forward by the gap. */
	times(paulo, "\"2018-02-17T23:30:00\"", "2018-02-18T01:30:00Z");
	times(paulo, "\"2018-11-04T00:30:00\"", "2018-11-04T03:30:00Z");
	times("dates = dmy", "\"31/12/2025\"", "2025-12-31T00:00:00Z");
	times("dates = dmy", "\"1.2.2025 9:05\"", "2025-02-01T09:05:00Z");
	times("dates = dmy", "\"31-12-2025, 14:30:15\"", "2025-12-31T14:30:15Z");
	times("dates = dmy", "\"2025-12-31\"", "2025-12-31T00:00:00Z");
	times("dates = mdy", "\" 12/31/2025 23:59 \"", "2025-12-31T23:59:00Z");
}

static void other_times_are_refused(void **state)
{
	(void)state;
	static const char *const bad[] = {"\"ontem\"", "\"31/02/2025\"", "\"31/12/25\"",
		"\"31/12-2025\"", "\"1969-12-31\"", "\"12/31/2025\"", "7", "\"2025-12-31T25:00\"",
		"\"9999999999999999\"", "true", "1e15"};
	for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
		void *mem = mem_context(NULL);
		not_applied("[source]\ndates = dmy\n[ticket]\nref=1\nat={a}\n",
			mem_printf(mem, "{\"a\":%s}", bad[i]), "ticket.at");
		talloc_free(mem);
	}
	not_applied("[ticket]\nref=1\nat={a}\n", "{\"a\":\"31/12/2025\"}", "ticket.at");
}

static void wrong_words_are_told(void **state)
{
	(void)state;
	not_applied("[ticket]\nref=1\nchannel={a}\n", "{\"a\":\"fax\"}", "ticket.channel");
	not_applied("[ticket]\nref=1\nstate={a}\n", "{\"a\":\"\\u001bx\"}", "\"x\"");
	not_applied("[customer]\nref=1\nshared={a}\n", "{\"a\":\"perhaps\"}", "customer.shared");
	not_applied("[message]\ntext=x\nat=2025-01-01\ndirection={a}\n", "{\"a\":2}",
		"message.direction");
	not_applied("[note]\ntext={a}\n", "{\"a\":\"x\"}", "note.at");
	not_applied(reviews, "{\"x\":1}", "nothing");
}

static void sections_count_when_they_say(void **state)
{
	(void)state;
	static const char text[] = "[customer]\nref={c}\n"
				   "[ticket]\nwhen={t}\nref={t}\nat=2025-01-01\n"
				   "[message]\ntext={m}\n"
				   "[remark]\ntext={r}\nat=2025-01-02\n";
	void *mem = mem_context(NULL);
	struct import_item item = applied(mem, text, "{\"c\":1,\"t\":2,\"m\":\"m\",\"r\":\"r\"}");
	assert_true(item.has_ticket);
	assert_int_equal(item.text_count, 2);
	item = applied(mem, text, "{\"c\":1,\"m\":\"m\",\"r\":\"r\"}");
	assert_false(item.has_ticket);
	assert_int_equal(item.text_count, 1);
	assert_int_equal(item.at, 0);
	item = applied(mem, text, "{\"c\":1}");
	assert_false(item.has_ticket);
	/* Without its own time a ticket has that of its earliest text, which is no remark. */
	item = applied(mem, "[message]\ntext={m}\nat={a}\n[remark]\ntext={m}\nat=2001-01-01\n",
		"{\"m\":\"m\",\"a\":1514862245}");
	assert_int_equal(item.at, INT64_C(1514862245000));
	talloc_free(mem);
}

static void an_element_comes_before_the_record(void **state)
{
	(void)state;
	void *mem = mem_context(NULL);
	struct import_item item = applied(mem,
		"[message]\neach=a.list\ntext={x}/{y}/{.y|'-'}\nat={at}\n",
		"{\"a\":{\"list\":[{\"x\":1,\"y\":2},{\"x\":3}]},\"y\":\"Y\",\"at\":1514862245}");
	assert_int_equal(item.text_count, 2);
	assert_string_equal(item.texts[0].text, "1/2/2");
	assert_string_equal(item.texts[1].text, "3/Y/-");
	/* What is no array is one element; nothing is none. */
	item = applied(mem, "[message]\neach=a\ntext={.}\nat=2025-01-01\n", "{\"a\":\"x\"}");
	assert_string_equal(item.texts[0].text, "x");
	item = applied(mem, "[ticket]\nref=1\n[message]\neach=a\ntext=t\nat=2025-01-01\n", "{}");
	assert_int_equal(item.text_count, 0);
	talloc_free(mem);
}

static void many_values_cost_little(void **state)
{
	(void)state;
	enum { MANY = 10000 };
	void *mem = mem_context(NULL);
	char *texts = mem_strdup(mem, "{\"at\":1,\"m\":[");
	char *tags = mem_strdup(mem, "{\"at\":1,\"t\":[");
	for (int i = MANY; i > 0; i--) {
		const char *comma = i == 1 ? "" : ",";
		texts = talloc_asprintf_append_buffer(
			texts, "{\"x\":%d,\"a\":%d}%s", i, 1000000000 + i, comma);
		tags = talloc_asprintf_append_buffer(tags, "%d%s", i % 200, comma);
	}
	struct import_item item = applied(mem, "[message]\neach=m\ntext={.x}\nat={.a}\n",
		talloc_strdup_append_buffer(texts, "]}"));
	assert_int_equal(item.text_count, MANY);
	assert_string_equal(item.texts[0].text, "1");
	assert_string_equal(item.texts[MANY - 1].text, "10000");
	tags = talloc_strdup_append_buffer(tags, ",1]}"); /* one more text than may be */
	not_applied("[ticket]\nref=1\ntags={t}\n", tags, "ticket.tags");
	not_applied("[message]\neach=t\ntext={.}\nat=2025-01-01\n", tags, "message: ");
	talloc_free(mem);
}

static void texts_are_made_clean(void **state)
{
	(void)state;
	void *mem = mem_context(NULL);
	static const char text[] = "[ticket]\nsubject={s}\nat=2025-01-01\n[message]\ntext={t}\n";
	struct import_item item = applied(
		mem, text, "{\"s\":\"a\\u001b]0;x\\u0007b\\nc\",\"t\":\"x\\u202ey\\r\\nz\"}");
	assert_string_equal(item.subject, "a]0;xb c");
	assert_string_equal(item.texts[0].text, "xy\nz");
	assert_true(item.was_cleaned);
	item = applied(mem, text, "{\"s\":\"a\",\"t\":\"x\\r\\nz\"}");
	assert_false(item.was_cleaned);
	talloc_free(mem);
}

static char **row(const void *mem, const char *const *fields, size_t count)
{
	char **copies = mem_array(mem, char *, count);
	for (size_t i = 0; i < count; i++) {
		copies[i] = mem_strdup(mem, fields[i]);
	}
	return copies;
}

static void rows_are_records_too(void **state)
{
	(void)state;
	void *mem = mem_context(NULL);
	const struct mapping *mapping = parsed(mem,
		"[customer]\nname={\"Full Name\"}\naddress={e.mail}\n"
		"[ticket]\nref={a[0]}\nat={at}\ntags={tags}\n[message]\neach=text\ntext={.}\n");
	const char *const header[] = {"Full Name", "e.mail", "a[0]", "at", "tags", "text"};
	const char *const fields[] = {
		"Zé", "a@b.example\nc@d.example", "'=1", "2025-01-01", "x y", "oi"};
	struct import_item item;
	struct error err = {0};
	char **columns = row(mem, header, 6), **cells = row(mem, fields, 6);
	assert_true(mapping_apply_row(mem, mapping, 6, columns, 6, cells, &item, &err));
	assert_string_equal(item.customer_name, "Zé");
	assert_int_equal(item.address_count, 2);
	assert_string_equal(item.ticket_ref, "=1");
	assert_int_equal(item.tag_count, 2);
	assert_string_equal(item.texts[0].text, "oi");
	assert_true(mapping_apply_row(mem, mapping, 6, columns, 1, cells, &item, &err));
	assert_false(item.has_ticket);
	cells[0] = mem_strdup(mem, "\xE9");
	assert_true(mapping_apply_row(mem, mapping, 6, columns, 6, cells, &item, &err));
	assert_true(item.was_cleaned);
	talloc_free(mem);
}

static void our_own_names(void **state)
{
	(void)state;
	void *mem = mem_context(NULL);
	const struct mapping *mapping = mapping_default(mem);
	struct import_item item;
	struct error err = {0};
	assert_true(apply(mem, mapping,
		"{\"customer\":{\"ref\":\"c\",\"address\":\"a@b.example\",\"addresses\":"
		"[\"c@d.example\"],\"notes\":[{\"text\":\"r\",\"at\":\"2025-01-01T00:00:00Z\","
		"\"pinned\":true}]},\"ticket\":{\"ref\":\"t\",\"subject\":\"s\",\"tags\":[\"x\"]},"
		"\"messages\":[{\"text\":\"m\",\"at\":\"2025-01-02T00:00:00Z\",\"direction\":"
		"\"out\",\"author\":\"ana\"}],\"notes\":[{\"text\":\"n\"}],\"text\":\"top\","
		"\"at\":\"2025-01-03T00:00:00Z\",\"note\":\"one\",\"author\":\"bia\"}",
		&item, &err));
	static const char *const texts[] = {"r", "m", "top", "n", "one"};
	assert_int_equal(item.text_count, ARRAY_LEN(texts));
	for (size_t i = 0; i < item.text_count; i++) {
		assert_string_equal(item.texts[i].text, texts[i]);
	}
	assert_string_equal(item.texts[3].author, "");
	assert_int_equal(item.address_count, 2);
	assert_true(apply(mem, mapping, "{\"ticket\":\"A-1\",\"text\":\"x\",\"at\":\"2025-01-01\"}",
		&item, &err));
	assert_string_equal(item.ticket_ref, "A-1");
	assert_true(apply(mem, mapping, "{\"customer\":\"a@b.example\"}", &item, &err));
	assert_string_equal(item.addresses[0], "a@b.example");
	assert_false(item.has_ticket);
	const char *const header[] = {"name", "address", "subject", "text", "at"};
	const char *const fields[] = {"Zé", "a@b.example", "s", "t", "2025-01-01"};
	assert_true(mapping_apply_row(
		mem, mapping, 5, row(mem, header, 5), 5, row(mem, fields, 5), &item, &err));
	assert_string_equal(item.customer_name, "Zé");
	assert_string_equal(item.texts[0].text, "t");
	assert_int_equal(mapping_format(mapping), IMPORT_ANY);
	talloc_free(mem);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(places_are_filled),
		cmocka_unit_test(the_first_that_is_there_counts),
		cmocka_unit_test(a_value_without_its_places_is_not_given),
		cmocka_unit_test(cuts_are_of_characters),
		cmocka_unit_test(numbers_and_arrays_are_texts),
		cmocka_unit_test(a_whole_record),
		cmocka_unit_test(words_are_compared_without_case_and_accents),
		cmocka_unit_test(times_are_read),
		cmocka_unit_test(other_times_are_refused),
		cmocka_unit_test(wrong_words_are_told),
		cmocka_unit_test(sections_count_when_they_say),
		cmocka_unit_test(an_element_comes_before_the_record),
		cmocka_unit_test(many_values_cost_little),
		cmocka_unit_test(texts_are_made_clean),
		cmocka_unit_test(rows_are_records_too),
		cmocka_unit_test(our_own_names),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
