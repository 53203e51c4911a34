#ifndef ATENDE_ATENDE_STDERR_H
#define ATENDE_ATENDE_STDERR_H

/*
 * What libraries and asserts print would tear the screen: it goes into console.log in this folder,
 * which is made, while the screen is up. Gives what stderr_restore wants; -1 when there is nothing
 * to bring back.
 */
int stderr_to_log(const char *folder);
void stderr_restore(int before);

#endif
