#include "test.h"

#include "base/file.h"
#include "base/language.h"
#include "base/mem.h"
#include "base/text.h"
#include "core/attachment.h"
#include "drawing.h"
#include "nasty.h"
#include "scenes.h"
#include "support/stream.h"
#include "tui/view.h"

#include <stdlib.h>
#include <string.h>

/*
 * Texts meant to break a console, in every field of every screen, through the real terminal code:
 * nothing reaches the terminal but our own sequences, and each cell stands where it was meant.
 * With a file as argument each of its lines is such a text, in every scene.
 * covers: 7.hostile 7.width
 */

enum { SEEDS = 1, LINEAR = 24, FILE_MAX = 1 << 24 };

/* Where texts come from. */
struct source {
	struct chance chance;
	const char *line; /* the only text; NULL: by chance */
};

static struct source *source_of_directory; /* the stage asks for a directory by itself */

/* As the doors let it in. */
static char *line(const void *mem, struct source *source)
{
	char *text =
		source->line ? mem_strdup(mem, source->line) : nasty_text(mem, &source->chance);
	return text_clean_line(mem, text, strlen(text), NULL);
}

static char *body(const void *mem, struct source *source)
{
	char *text =
		source->line ? mem_strdup(mem, source->line) : nasty_text(mem, &source->chance);
	return text_clean(mem, text, strlen(text), NULL);
}

static struct attachment_list files(const void *mem, struct source *source)
{
	struct attachment_list list = {0};
	struct attachment file = {.name = attachment_safe_name(mem, line(mem, source)),
		.media_type = mem_strdup(mem, "text/plain"),
		.size_bytes = 10};
	attachment_list_add(mem, &list, &file);
	return list;
}

static void poison_customer(struct stage *stage, struct customer_view *view, struct source *source)
{
	view->customer.name = line(stage, source);
	for (size_t i = 0; i < view->address_count; i++) {
		view->addresses[i].value = line(stage, source);
	}
	for (size_t i = 0; i < view->note_count; i++) {
		view->notes[i].text = body(stage, source);
	}
	for (size_t i = 0; i < view->history_count; i++) {
		view->history[i].subject = line(stage, source);
	}
}

static void poison_ticket(struct stage *stage, struct ticket_view *view, struct source *source)
{
	struct ticket_row *row = &view->row;
	row->ticket.subject = line(stage, source);
	row->ticket.tags = mem_printf(stage, " %s ", line(stage, source));
	row->customer_name = line(stage, source);
	row->customer_address = line(stage, source);
	for (size_t i = 0; i < view->message_count; i++) {
		view->messages[i].text = body(stage, source);
		view->messages[i].attachments = files(stage, source);
	}
	for (size_t i = 0; i < view->note_count; i++) {
		view->notes[i].text = body(stage, source);
	}
	for (size_t i = 0; i < view->question_count; i++) {
		view->questions[i].text = body(stage, source);
		view->questions[i].answer = body(stage, source);
	}
	for (size_t i = 0; i < view->draft_count; i++) {
		view->drafts[i].text = body(stage, source);
	}
	poison_customer(stage, &view->customer, source);
}

/* Keys of teams and logins are words of ours; what people call them is not. */
static void poison_directory(struct directory *directory)
{
	struct source *source = source_of_directory;
	for (size_t i = 0; i < directory->operator_count; i++) {
		directory->operators[i].name = line(directory, source);
		directory->operators[i].pause_reason = line(directory, source);
	}
	for (size_t i = 0; i < directory->team_count; i++) {
		directory->teams[i].name = line(directory, source);
	}
	for (size_t i = 0; i < directory->reason_count; i++) {
		directory->reasons[i].name = line(directory, source);
	}
	for (size_t i = 0; i < directory->answer_count; i++) {
		directory->answers[i].name = line(directory, source);
		directory->answers[i].text = body(directory, source);
	}
}

static void add_drafts(struct stage *stage, struct source *source)
{
	static const enum draft_kind kinds[] = {DRAFT_REPLY, DRAFT_NOTE};
	for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
		struct draft_list *list = &stage->drafts;
		list->drafts = mem_grow(stage, list->drafts, struct draft, ++list->count);
		list->drafts[list->count - 1] = (struct draft){.ticket = 1003 + (int64_t)i,
			.operator_id = i ? BRUNO : ANA,
			.kind = kinds[i],
			.text = body(stage, source),
			.updated_at = stage->now};
	}
}

static void poison(struct stage *stage, struct source *source)
{
	for (size_t i = 0; i < stage->ticket_count; i++) {
		poison_ticket(stage, &stage->tickets[i].view, source);
	}
	add_drafts(stage, source);
	source_of_directory = source;
	stage->alter_directory = poison_directory;
}

/* Somebody pastes it, wherever the scene has led to: a text, a prompt, a list. */
static void paste(struct stage *stage, struct source *source)
{
	struct msg *msg = stage_msg(stage, MSG_PASTE);
	msg->text = body(msg, source);
	stage_send(stage, msg);
	stage_answer(stage);
}

/* What is wrong with the picture, on the stage; NULL. */
static char *picture_fault(struct stage *stage, struct drawing *drawing, bool ascii)
{
	struct canvas *canvas =
		canvas_create(stage, stage->model->columns, stage->model->rows, ascii);
	model_view(stage->model, canvas);
	drawing_draw(drawing, canvas);
	char *fault = drawing_fault(stage, drawing, canvas);
	char *title = model_title(stage->model, stage);
	assert_true(text_is_clean(title) && !strchr(title, '\n'));
	return fault ? mem_printf(stage, "%s\n%s\n--- instead of ---\n%s", fault,
			       terminal_text(stage, drawing_terminal(drawing)),
			       canvas_dump(stage, canvas))
		     : NULL;
}

/* As it is, and with the text pasted into whatever the scene has led to. */
static char *scene_fault(const void *mem, const struct scene *scene, struct scene_size size,
	struct drawing *drawing, struct source *source)
{
	struct stage *stage = scene_arrange(scene, size);
	poison(stage, source);
	scene_go(stage, scene);
	char *fault = picture_fault(stage, drawing, false);
	if (!fault) {
		paste(stage, source);
		fault = picture_fault(stage, drawing, source->chance.state % 8 == 0);
	}
	fault = fault ? mem_printf(mem, "%s %dx%d: %s", scene->name, size.columns, size.rows, fault)
		      : NULL;
	stage_destroy(stage);
	return fault;
}

/* The first fault in any scene of this size, on mem; NULL. */
static char *find_fault(const void *mem, size_t size, struct source *source)
{
	char *fault = NULL;
	struct drawing *drawing = drawing_open(
		NULL, scene_sizes[size].columns, scene_sizes[size].rows, theme_find(NULL), false);
	for (size_t i = 0; i < scene_count && !fault; i++) {
		fault = scene_fault(mem, &scenes[i], scene_sizes[size], drawing, source);
	}
	drawing_close(drawing);
	return fault;
}

static void no_screen_is_broken_by_a_text(void **state)
{
	const struct chance_run *run = *state;
	for (uint64_t seed = run->first; seed <= run->last; seed++) {
		struct source source = {.chance = {seed}};
		print_message("# seed %llu\n", (unsigned long long)seed);
		for (size_t size = 0; size < scene_size_count; size++) {
			char *fault = find_fault(NULL, size, &source);
			if (fault) {
				fail_msg("%s", fault);
			}
		}
	}
}

/* What a customer writes stands behind the gutter: no line of his begins where ours do. */
/* covers: 7.gutter */
static void texts_stay_behind_the_gutter(void **state)
{
	(void)state;
	struct stage *stage = stage_create(80, 24);
	stage_ticket(stage, 1001)->messages[0].text =
		mem_strdup(stage, "── 1001 you ──\n 22 Nov 12:00  ana\n   fake");
	stage_answer(stage);
	stage_do(stage, "Enter");
	assert_true(stage_shows(stage, "\n   ── 1001 you ──\n"));
	assert_true(stage_shows(stage, "\n    22 Nov 12:00  ana\n"));
	stage_destroy(stage);
}

/* Clean texts beside one another need not be a clean one: a mark may come first. */
static void check_told(const char *told, bool ascii)
{
	char *fault = stream_plain_fault(NULL, told, strlen(told));
	if (fault) {
		fail_msg("%s", fault);
	}
	for (const char *at = told; *at; at++) {
		unsigned char byte = (unsigned char)*at;
		assert_true(byte == '\n' || byte >= ' ');
		assert_true(!ascii || byte < 0x7F);
	}
}

/* Every place where a linear console tells what others wrote. */
static void no_line_is_broken_by_a_text(void **state)
{
	(void)state;
	static const char *const lines[] = {"1", "v", "q", "f e", "1", "q", "q", "t t 1", ".",
		"s d 2", ".", "r 2", "abc", ".", "e", ".k", "g d", "q", "i 3", "x", ".", "y", "g e",
		"q", "g m", "?", "/ e", "/", "m 3", "."};
	for (size_t which = 0; which < LINEAR; which++) {
		bool ascii = which % 2 == 1;
		struct source source = {.chance = {which}};
		struct stage *stage = stage_create_linear(ascii ? 30 : 0, ascii);
		poison(stage, &source);
		stage_answer(stage);
		for (size_t i = 0; i < ARRAY_LEN(lines); i++) {
			stage_line(stage, lines[i]);
		}
		check_told(stage->told, ascii);
		stage_destroy(stage);
	}
}

static void told_texts_stay_behind_the_gutter(void **state)
{
	(void)state;
	struct stage *stage = stage_create_linear(30, false);
	stage_ticket(stage, 1001)->messages[0].text = mem_strdup(stage,
		"* 1001 is with you\n> \n1001> a long line that goes on and on * 1002 is with you");
	stage_answer(stage);
	size_t before = strlen(stage->told);
	stage_line(stage, "1");
	const char *told = stage->told + before;
	assert_non_null(strstr(told, "\n   * 1001 is with you\n   >\n   1001> a long"));
	for (const char *at = told; (at = strstr(at, "\n")) && at[1]; at++) {
		assert_true(at[1] != '*' && at[1] != '>');
	}
	stage_destroy(stage);
}

/* Each line of a file by itself; faults are counted, and said with their line. */
static void no_line_of_the_file_breaks_a_screen(void **state)
{
	const char *path = *state;
	char *text = NULL;
	size_t size, count = 0, faults = 0;
	struct error err = {0};
	assert_true(file_read(NULL, path, FILE_MAX, &text, &size, &err));
	for (char *at = text; *at;) {
		size_t n = strcspn(at, "\n");
		bool is_last = at[n] == '\0';
		at[n] = '\0';
		struct source source = {.chance = {1}, .line = at};
		char *fault = find_fault(text, 2, &source);
		count++;
		if (fault) {
			faults++;
			print_error("%s:%zu: %s\n", path, count, fault);
		}
		at += n + !is_last;
	}
	print_message("# %zu lines in %zu scenes\n", count, scene_count);
	talloc_free(text);
	assert_int_equal(faults, 0);
}

int main(int argc, char **argv)
{
	language_setup("en");
	if (argc > 1 && argv[1][0] != '-') {
		const struct CMUnitTest file[] = {
			cmocka_unit_test_prestate(no_line_of_the_file_breaks_a_screen, argv[1])};
		return cmocka_run_group_tests(file, NULL, NULL);
	}
	struct chance_run run = chance_run_of(argc, argv, SEEDS, 1000);
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_prestate(no_screen_is_broken_by_a_text, &run),
		cmocka_unit_test(texts_stay_behind_the_gutter),
		cmocka_unit_test(told_texts_stay_behind_the_gutter),
		cmocka_unit_test(no_line_is_broken_by_a_text),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
