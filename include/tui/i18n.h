#ifndef ATENDE_TUI_I18N_H
#define ATENDE_TUI_I18N_H

#include <libintl.h>

/* Translates a text where it is shown. Texts in tables are marked N_() (base/error.h). */
#define _(text) gettext(text)

#endif
