#include "probes/page_words.h"

#include <string.h>

#include "probes/json_text.h"
#include "probes/page_contact.h"
#include "probes/page_phone.h"
#include "probes/page_price.h"
#include "probes/page_register.h"
#include "probes/wallet.h"

struct look {
	const struct page_text	*t;
	const struct rule_index	*x;
	struct page_facts	*out;
	size_t			 place_end;	/* words before it are a place's */
	const char		*rule, *detail;	/* of the last sentence quoted */
	size_t			 quoted;	/* and where it ended */
	const char		*after_rule;	/* of the last AFTER, and its end */
	size_t			 after_end;
};

void
page_words_add(struct page_facts *f, const char *rule, const char *text,
    size_t len, size_t pos, const char *where, const char *detail,
    size_t detail_len)
{
	char key[2 * TEXT_QUOTE + 1];
	GString *v;

	if (!page_facts_room(f, FACT_PAGE_WORDS, rule))
		return;
	len = text_cut(text, len, TEXT_QUOTE);
	detail_len = text_cut(detail, detail_len, TEXT_QUOTE);
	memcpy(key, text, len);
	key[len] = '\n';
	memcpy(key + len + 1, detail, detail_len);
	v = page_facts_add(f, FACT_PAGE_WORDS, rule, key, len + 1 + detail_len,
	    pos);
	if (v == NULL)
		return;
	json_put(v, "rule", rule);
	json_put_text(v, "text", text, len);
	json_put(v, "where", where);
	json_put_text(v, "detail", detail, detail_len);
}

/* Words first..last as a quotation. */
static void
quote(struct look *k, const char *rule, size_t first, size_t last,
    const char *detail, size_t detail_len)
{
	size_t len;
	const char *s = text_quote(k->t, first, last, &len);

	page_words_add(k->out, rule, s, len, text_word(k->t, first)->pos,
	    "text", detail, detail_len);
}

static void
quote_sentence(struct look *k, const char *rule, size_t i, size_t n,
    const char *detail)
{
	size_t first, last;

	if (i < k->quoted && k->rule == rule && k->detail == detail)
		return;		/* said already */
	text_sentence(k->t, i, n, &first, &last);
	k->rule = rule;
	k->detail = detail;
	k->quoted = last;
	quote(k, rule, first, last, detail, strlen(detail));
}

static void
try_phrase(struct look *k, size_t i, const struct phrase *p)
{
	size_t n = text_match(k->t, i, p->pattern), end, len;
	const struct word *w, *z;

	if (n == 0 || (*p->near != '\0' && !text_near(k->t, i, p->near)) ||
	    !page_facts_room(k->out, FACT_PAGE_WORDS, p->rule))
		return;
	if (p->take == SENTENCE) {
		quote_sentence(k, p->rule, i, n, p->detail);
		return;
	}
	if (p->take == MATCH) {
		quote(k, p->rule, i, i + n, p->detail, strlen(p->detail));
		return;
	}
	end = text_clause(k->t, i + n - 1);
	if (end <= i + n || (i < k->after_end && k->after_rule == p->rule))
		return;		/* it names nothing, or was named already */
	k->after_rule = p->rule;
	k->after_end = end;
	w = text_word(k->t, i + n);
	z = text_word(k->t, end - 1);
	len = z->core + z->core_len - w->core;
	quote(k, p->rule, i, end, k->t->text->str + w->core,
	    text_cut(k->t->text->str + w->core, len, TEXT_QUOTE));
}

/* ---- places */

static gboolean
after_preposition(const struct page_text *t, size_t i)
{
	static const char *const before[] = { "in", "of", "from", "to", "the",
		"within", "outside", "across", "for", "throughout", "under",
		"inside", "leaving" };
	size_t j;

	if (i == 0 || text_word(t, i - 1)->line != text_word(t, i)->line)
		return FALSE;
	for (j = 0; j < G_N_ELEMENTS(before); j++)
		if (text_is(t, i - 1, before[j], TRUE))
			return TRUE;
	return FALSE;
}

static size_t
place_length(const struct page_text *t, size_t i, const struct place *p)
{
	size_t n;

	if (!(text_word(t, i)->flags & WORD_CAPITAL))
		return 0;
	n = text_match(t, i, p->name);
	if (n == 0 || (p->care && !after_preposition(t, i)))
		return 0;
	if (n == 1 && !text_is(t, i, p->name, FALSE))
		return 0;
	if (n > 1 && !(text_word(t, i + n - 1)->flags & WORD_CAPITAL))
		return 0;
	return n;
}

/* Of the names that begin here the longest: "United States of America". */
/* "US dollars" names a currency, and no place. */
static gboolean
is_money(const struct page_text *t, size_t i)
{
	static const char *const money[] = {
		"dollar", "dollars", "cents", "currency",
	};

	for (size_t k = 0; k < G_N_ELEMENTS(money) && i < t->words->len; k++)
		if (text_is(t, i, money[k], FALSE))
			return TRUE;
	return FALSE;
}

static void
try_places(struct look *k, size_t i, const struct rule_hit *h)
{
	const struct place *best = NULL;
	size_t most = 0, n;

	if (i < k->place_end)
		return;
	for (; h != NULL; h = rule_next(k->x, h)) {
		if (h->table != T_PLACE)
			continue;
		n = place_length(k->t, i, &places[h->row]);
		if (n > most) {
			most = n;
			best = &places[h->row];
		}
	}
	if (best == NULL)
		return;
	k->place_end = i + most;
	if (is_money(k->t, i + most))
		return;
	if (page_facts_room(k->out, FACT_PAGE_WORDS, "country"))
		quote_sentence(k, "country", i, most, best->code);
}

/* ---- companies */

static gboolean
name_word(const struct page_text *t, size_t i)
{
	static const char *const small[] = { "and", "of", "de", "for", "the" };
	const struct word *w = text_word(t, i);
	size_t j;

	if (w->flags & (WORD_CAPITAL | WORD_DIGIT) ||
	    t->text->str[w->core] == '&')
		return TRUE;
	for (j = 0; j < G_N_ELEMENTS(small); j++)
		if (text_is(t, i, small[j], FALSE))
			return TRUE;
	return FALSE;
}

static gboolean
is_form(const struct look *k, size_t i)
{
	const struct rule_hit *h = rule_first(k->x, text_word(k->t, i)->hash);

	for (; h != NULL; h = rule_next(k->x, h))
		if (h->table == T_COMPANY &&
		    text_is(k->t, i, companies[h->row].form, FALSE))
			return TRUE;
	return FALSE;
}

/* What may stand before a name and is none of it: small words, (c), a year. */
static gboolean
before_name(const struct page_text *t, size_t i)
{
	static const char *const none[] = { "\xc2\xa9", "\xef\xbf\xbd",
		"Copyright", "By", "The" };
	const struct word *w = text_word(t, i);
	const char *core = t->text->str + w->core;
	size_t j;

	for (j = 0; j < G_N_ELEMENTS(none); j++)
		if (text_is(t, i, none[j], FALSE))
			return TRUE;
	if (w->core_len == 4 && strspn(core, "0123456789") >= 4)
		return TRUE;
	return !(w->flags & (WORD_CAPITAL | WORD_DIGIT));
}

/* A comma stands before the form only: "LiteServer, Inc." */
static size_t
name_start(const struct look *k, size_t i)
{
	const struct page_text *t = k->t;
	guint32 line = text_word(t, i)->line;
	size_t at = i;

	while (at > 0 && i - at < 6) {
		const struct word *w = text_word(t, at - 1);
		char last = t->text->str[w->at + w->len - 1];

		if (w->line != line || !name_word(t, at - 1) ||
		    w->flags & WORD_ENDS || is_form(k, at - 1) ||
		    (at < i && strchr(",;:)", last) != NULL))
			break;
		at--;
	}
	while (at < i && before_name(t, at))
		at++;
	return at;
}

static void
try_company(struct look *k, size_t i, const struct company *c)
{
	const struct word *w = text_word(k->t, i), *first;
	const char *s = k->t->text->str, *end;
	size_t at;

	if (!text_is(k->t, i, c->form, FALSE) || (at = name_start(k, i)) == i)
		return;
	first = text_word(k->t, at);
	end = s + w->core + w->core_len;
	if (c->keep_dot && *end == '.')
		end++;
	page_words_add(k->out, "company", s + first->core,
	    (size_t)(end - s) - first->core,
	    first->pos + (first->core - first->at), "text", c->form,
	    strlen(c->form));
}

/* ---- mailboxes */

static gboolean
mailbox_char(char c, gboolean host)
{
	return g_ascii_isalnum(c) || c == '.' || c == '-' ||
	    (!host && (c == '_' || c == '+' || c == '%'));
}

static void
try_mailbox(struct look *k, size_t i)
{
	const struct word *w = text_word(k->t, i);
	const char *start = k->t->text->str + w->at, *end = start + w->len;
	const char *at = memchr(start, '@', w->len), *a = at, *z = at + 1;

	while (a > start && at - a < 64 && mailbox_char(a[-1], FALSE))
		a--;
	while (z < end && z - at < 254 && mailbox_char(*z, TRUE))
		z++;
	while (z > at + 1 && !g_ascii_isalnum(z[-1]))
		z--;
	if (a == at || memchr(at, '.', (size_t)(z - at)) == NULL ||
	    at[1] == '.')
		return;
	page_words_add(k->out, "email", a, (size_t)(z - a),
	    w->pos + (size_t)(a - start), "text", "text", 4);
}

/* ---- the pass */

/* "CHE-123.456.789", "HRB12345": a capital first, a digit last. */
static gboolean
one_word_number(const struct page_text *t, const struct word *w)
{
	return w->flags & WORD_CAPITAL && w->core_len >= 6 &&
	    w->core_len <= 20 &&
	    g_ascii_isdigit(t->text->str[w->core + w->core_len - 1]);
}

static void
try_hits(struct look *k, size_t i, const struct rule_hit *first)
{
	const struct rule_hit *h;
	gboolean place = FALSE;

	for (h = first; h != NULL; h = rule_next(k->x, h)) {
		if (h->table == T_PHRASE)
			try_phrase(k, i, &phrases[h->row]);
		else if (h->table == T_COMPANY)
			try_company(k, i, &companies[h->row]);
		else if (h->table == T_CURRENCY)
			page_price_word(k->t, k->out, i,
			    &currencies[h->row]);
		else if (h->table == T_REGISTER)
			page_register_label(k->t, k->out, i,
			    &registers[h->row]);
		else if (h->table == T_PHONE)
			page_phone_label(k->t, k->out, i,
			    phone_labels[h->row].signal);
		else if (h->table == T_PLACE)
			place = TRUE;
	}
	if (place)
		try_places(k, i, first);
}

/* "(c) 2019" is a phrase; the sign touches what follows it. */
static gboolean
copyright_sign(const struct look *k, const struct word *w)
{
	return w->len >= 2 &&
	    memcmp(k->t->text->str + w->at, "\xc2\xa9", 2) == 0;
}

void
page_words(const struct page_text *t, const struct rule_index *x,
    struct page_facts *out)
{
	struct look k = { .t = t, .x = x, .out = out };
	const struct rule_hit *h;
	size_t i;

	for (i = 0; i < t->words->len; i++) {
		const struct word *w = text_word(t, i);

		h = rule_first(x, w->hash);
		if (h != NULL)
			try_hits(&k, i, h);
		if (w->flags & WORD_AT)
			try_mailbox(&k, i);
		if (w->flags & WORD_BRACKET)
			page_contact_hidden(t, out, i);
		if (w->flags & WORD_PLUS)
			page_phone_plus(t, out, i);
		if (one_word_number(t, w))
			page_register_word(t, out, i);
		if (w->core_len >= WALLET_LEAST)
			page_contact_wallet(t, out, i);
		if (!(w->flags & WORD_ODD))
			continue;
		if (copyright_sign(&k, w))
			quote_sentence(&k, "copyright-statement", i, 1, "");
		else
			page_price_sign(t, out, i);
	}
}

/* ---- links */

static int
path_rule(const struct rule_index *x, const char *path)
{
	const struct rule_hit *h;
	int best = -1;
	size_t n, words = 0;

	while (*path != '\0' && *path != '?' && words++ < 32) {
		n = 0;
		while (g_ascii_isalnum(path[n]))
			n++;
		for (h = rule_first(x, word_hash(path, n)); n > 0 && h != NULL;
		    h = rule_next(x, h))
			if (h->table == T_PATH && (best < 0 || h->row < best))
				best = h->row;
		path += n + (path[n] != '\0' && path[n] != '?');
	}
	return best;
}

const char *
page_link_purpose(const struct page_text *t, const struct rule_index *x,
    size_t first, size_t last, const char *path)
{
	const struct rule_hit *h;
	int best = path_rule(x, path);
	size_t i;

	last = MIN(last, first + 12);
	for (i = first; i < last; i++)
		for (h = rule_first(x, text_word(t, i)->hash); h != NULL;
		    h = rule_next(x, h))
			if (h->table == T_LINK && (best < 0 || h->row < best) &&
			    text_match(t, i, link_rules[h->row].pattern) > 0)
				best = h->row;
	return best >= 0 ? link_rules[best].purpose : NULL;
}
