#include "probes/page_rules.h"

#include <string.h>

#include "probes/ascii.h"

const struct phrase phrases[] = {
#define PHRASE(r, p, n, t, d) \
	{ .rule = r, .pattern = p, .near = n, .take = t, .detail = d },
#include "probes/page_rules.def"
#undef PHRASE
};

const struct place places[] = {
#define PLACE(n, c, a)	{ .name = n, .code = c, .care = a },
#include "probes/page_rules.def"
#undef PLACE
};

const struct company companies[] = {
#define COMPANY(f, k)	{ .form = f, .keep_dot = k },
#include "probes/page_rules.def"
#undef COMPANY
};

const struct currency currencies[] = {
#define CURRENCY(s, c, w)	\
	{ .sign = s, .code = c, .word = w, .len = sizeof(s) - 1 },
#include "probes/page_rules.def"
#undef CURRENCY
};

const struct reg registers[] = {
#define REGISTER(w, s, c, f, k, p, o) \
	{ .pattern = w, .signal = s, .country = c, .shape = f, .check = k, \
	  .prefix = p, .self = o },
#include "probes/page_rules.def"
#undef REGISTER
};

const struct phone_label phone_labels[] = {
#define PHONE(w, s)	{ .word = w, .signal = s },
#include "probes/page_rules.def"
#undef PHONE
};

const struct link_rule link_rules[] = {
#define LINK(p, w, a)	{ .purpose = p, .pattern = w, .path = a },
#include "probes/page_rules.def"
#undef LINK
};

#define ROW(r, t, d) \
	{ .rule = r, .token = t, .detail = d, .len = sizeof(t) - 1 },
const struct token_rule host_rules[] = {
#define HOST	ROW
#include "probes/page_rules.def"
#undef HOST
};

const struct token_rule ending_rules[] = {
#define ENDING	ROW
#include "probes/page_rules.def"
#undef ENDING
};

const struct token_rule scheme_rules[] = {
#define SCHEME	ROW
#include "probes/page_rules.def"
#undef SCHEME
};

const struct token_rule markup_rules[] = {
#define MARKUP	ROW
#include "probes/page_rules.def"
#undef MARKUP
};

const struct field_rule field_rules[] = {
#define FIELD(w, f)	{ .what = FIELD_##w, .fragment = f },
#include "probes/page_rules.def"
#undef FIELD
};

const size_t phrases_count = G_N_ELEMENTS(phrases);
const size_t places_count = G_N_ELEMENTS(places);
const size_t companies_count = G_N_ELEMENTS(companies);
const size_t currencies_count = G_N_ELEMENTS(currencies);
const size_t link_rules_count = G_N_ELEMENTS(link_rules);
const size_t host_rules_count = G_N_ELEMENTS(host_rules);
const size_t ending_rules_count = G_N_ELEMENTS(ending_rules);
const size_t scheme_rules_count = G_N_ELEMENTS(scheme_rules);
const size_t markup_rules_count = G_N_ELEMENTS(markup_rules);
const size_t registers_count = G_N_ELEMENTS(registers);
const size_t phone_labels_count = G_N_ELEMENTS(phone_labels);
const size_t field_rules_count = G_N_ELEMENTS(field_rules);

guint32
word_hash(const char *s, size_t n)
{
	guint32 h = WORD_HASH;

	for (size_t i = 0; i < n; i++)
		h = word_hash_add(h, s[i]);
	return h;
}

static void
add(struct rule_index *x, enum rule_table table, size_t row, const char *word,
    size_t len)
{
	guint32 hash = word_hash(word, len);
	guint16 *slot = &x->slots[hash % RULE_SLOTS];
	struct rule_hit h = {
		.hash = hash, .table = table, .row = (guint16)row,
		.next = *slot,
	};

	g_array_append_val(x->hits, h);
	*slot = (guint16)x->hits->len;
}

/* Each alternative of the first word of a pattern. */
static void
add_pattern(struct rule_index *x, enum rule_table table, size_t row,
    const char *pattern)
{
	size_t n;

	while (*pattern != '\0') {
		n = strcspn(pattern, "| ");
		add(x, table, row, pattern, n);
		if (pattern[n] != '|')
			return;
		pattern += n + 1;
	}
}

static void
add_words(struct rule_index *x, enum rule_table table, size_t row,
    const char *words)
{
	size_t n;

	for (; *words != '\0'; words += n + (words[n] == ' ')) {
		n = strcspn(words, " ");
		add(x, table, row, words, n);
	}
}

static struct rule_index *
index_new(void)
{
	struct rule_index *x = g_new0(struct rule_index, 1);
	size_t i;

	x->hits = g_array_sized_new(FALSE, FALSE, sizeof(struct rule_hit), 1024);
	for (i = phrases_count; i-- > 0;)
		add_pattern(x, T_PHRASE, i, phrases[i].pattern);
	for (i = places_count; i-- > 0;)
		add_pattern(x, T_PLACE, i, places[i].name);
	for (i = companies_count; i-- > 0;)
		add(x, T_COMPANY, i, companies[i].form,
		    strlen(companies[i].form));
	for (i = currencies_count; i-- > 0;)
		if (currencies[i].word)
			add(x, T_CURRENCY, i, currencies[i].sign,
			    strlen(currencies[i].sign));
	for (i = link_rules_count; i-- > 0;) {
		add_pattern(x, T_LINK, i, link_rules[i].pattern);
		add_words(x, T_PATH, i, link_rules[i].path);
	}
	for (i = registers_count; i-- > 0;)
		add_pattern(x, T_REGISTER, i, registers[i].pattern);
	for (i = phone_labels_count; i-- > 0;)
		add_pattern(x, T_PHONE, i, phone_labels[i].word);
	for (i = markup_rules_count; i-- > 0;)
		add(x, T_MARKUP, i, markup_rules[i].token,
		    strlen(markup_rules[i].token));
	return x;
}

const struct rule_index *
rule_index(void)
{
	static gsize made;

	if (g_once_init_enter(&made))
		g_once_init_leave(&made, (gsize)index_new());
	return (const struct rule_index *)made;
}

static const struct rule_hit *
same_hash(const struct rule_index *x, guint16 at, guint32 hash)
{
	const struct rule_hit *h;

	for (; at != 0; at = h->next) {
		h = &g_array_index(x->hits, struct rule_hit, at - 1);
		if (h->hash == hash)
			return h;
	}
	return NULL;
}

const struct rule_hit *
rule_first(const struct rule_index *x, guint32 hash)
{
	return same_hash(x, x->slots[hash % RULE_SLOTS], hash);
}

const struct rule_hit *
rule_next(const struct rule_index *x, const struct rule_hit *h)
{
	return same_hash(x, h->next, h->hash);
}
