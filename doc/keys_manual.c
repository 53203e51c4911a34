#include "tui/keys_manual.h"

#include <stdio.h>

/* Prints the source of atende-keys(7) while the program is built. */
int main(void)
{
	fputs(keys_manual(NULL), stdout);
	return 0;
}
