#ifndef ATENDE_TUI_KEYS_MANUAL_H
#define ATENDE_TUI_KEYS_MANUAL_H

/*
 * The source of atende-keys(7), scdoc(5), out of the command table: the keys of each screen and the
 * commands of the `:` line. In English. On mem.
 */
char *keys_manual(const void *mem);

#endif
