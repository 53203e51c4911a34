#include "tui/keys_manual.h"

#include "base/mem.h"

#include <stdio.h>

/* Prints the source of atende-keys(7) while the program is built. */
int main(void)
{
	char *text = keys_manual(NULL);
	fputs(text, stdout);
	talloc_free(text);
	return 0;
}
