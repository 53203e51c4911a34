#include "nasty.h"

#include "base/mem.h"

#include <stdbool.h>

static const char *const pieces[] = {
	/* sequences of terminals, whole and broken */
	"\033[2J",
	"\033[31m",
	"\033]0;title\007",
	"\033]52;c;eQ==\033\\",
	"\033P+q544e\033\\",
	"\033_G\033\\",
	"\033c",
	"\033[6n",
	"\033[?1049l",
	"\033",
	"\033[",
	"\233"
	"31m",
	"\302\2332J",
	"\302\2350;t\302\234",
	"\033[200~",
	"\033[201~",
	"\033(0",
	"\016",
	"\017",
	/* controls */
	"\a",
	"\b\b\b",
	"\r",
	"\r\n",
	"\n\n\n",
	"\t",
	"\v\f",
	"\177",
	"\001\002",
	"\302\205",
	/* direction, the invisible, what joins and selects */
	"\u202Eevil\u202C",
	"\u2066a\u2069",
	"\u200F",
	"\u200B",
	"\u00AD",
	"\uFEFF",
	"\u2028",
	"\u2029",
	"\u200D",
	"\u2060",
	"\uFE0F",
	"\U000E0041",
	"\u034F",
	/* floods, wide, uncertain, of other scripts */
	"a\u0301\u0302\u0303\u0304\u0305\u0306\u0307\u0308\u0309",
	"\u0301",
	"👨‍👩‍👧‍👦",
	"👍🏽",
	"🇧🇷",
	"🇧",
	"❤️",
	"1️⃣",
	"田中さん",
	"ｆｕｌｌ",
	"한국어",
	"각",
	"שלום",
	"عربي",
	"हिन्दी",
	"ภาษาไทย",
	"ﷺ",
	"𒐫",
	"\u1100\u1161",
	"\u115F",
	"\u3164",
	"\uFFFD",
	"\uE000",
	"\U0010FFFD",
	"\uFFFE",
	"½ﬁ…",
	"──",
	"│",
	"▏",
	/* broken UTF-8 */
	"\377\376",
	"\300\200",
	"\355\240\200",
	"\360\237",
	"\200",
	"\364\220\200\200",
	"\303",
	/* what programs might take for theirs */
	"{0} {1}",
	"%s%n",
	"{{customer.name}}",
	"$(x)`x`",
	"';--",
	"<b>&amp;",
	"../../x",
	"y\ny\ny",
	"> > >",
	"-- \n",
	"1001",
	"@bruno",
	"http://x.example/",
	/* words */
	"pedido ",
	"ação ",
	"palavramuitocompridaquenaotemespacoalgumondequebrar",
	" ",
	"x",
};

char *nasty_text(const void *mem, struct chance *chance)
{
	char *text = mem_strdup(mem, "");
	bool is_long = chance_draw(chance, 16) == 0;
	const char *piece = pieces[chance_draw(chance, ARRAY_LEN(pieces))];
	uint32_t count = is_long ? 400 : 1 + chance_draw(chance, 7);
	for (uint32_t i = 0; i < count; i++) {
		text = mem_check(talloc_strdup_append_buffer(text, piece));
		if (!is_long || i % 50 == 0) {
			piece = pieces[chance_draw(chance, ARRAY_LEN(pieces))];
		}
	}
	return text;
}
