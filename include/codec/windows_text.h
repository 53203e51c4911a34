#ifndef ATENDE_CODEC_WINDOWS_TEXT_H
#define ATENDE_CODEC_WINDOWS_TEXT_H

/*
 * Text of files that spreadsheets wrote without saying how: UTF-8 is given as it is; what is no
 * UTF-8 is read as Windows-1252 (the table of the WHATWG Encoding Standard, where no byte is an
 * error). Not otherwise clean (base/text.h). Nobody outside codec includes this.
 */
char *windows_text(const void *mem, const char *bytes);

#endif
