#include <locale.h>
#include <ncurses.h>

/*
 * The floor of the benchmark: a list of rows and a bar that j and k move, painted by ncurses in the
 * simplest way. What this takes, no console on ncurses can undercut.
 */

enum { ROWS = 1000 };

static void paint(int top, int cursor)
{
	int height = LINES - 2;
	erase();
	mvprintw(0, 0, "%-*s", COLS, " Floor");
	for (int i = 0; i < height && top + i < ROWS; i++) {
		int row = top + i;
		attr_t bar = row == cursor ? A_REVERSE : A_NORMAL;
		attron(bar);
		mvprintw(1 + i, 0, "  %6d  %3dh%02d  e-mail  Customer %04d  Subject of row %d", row,
			row % 90, row % 60, row * 7 % 1000, row);
		attroff(bar);
	}
	mvprintw(LINES - 1, 0, " floor-ready %d/%d", cursor + 1, ROWS);
	refresh();
}

int main(void)
{
	setlocale(LC_ALL, "");
	initscr();
	raw();
	noecho();
	keypad(stdscr, TRUE);
	curs_set(0);
	set_escdelay(25);
	int cursor = 0;
	int top = 0;
	int key = 0;
	while (key != 'q') {
		int height = LINES - 2;
		top = cursor < top ? cursor : cursor >= top + height ? cursor - height + 1 : top;
		paint(top, cursor);
		key = getch();
		if (key == 'j' || key == KEY_DOWN) {
			cursor += cursor < ROWS - 1;
		} else if (key == 'k' || key == KEY_UP) {
			cursor -= cursor > 0;
		}
	}
	endwin();
	return 0;
}
