#include "probes/page_phone.h"

#include <string.h>

#include "probes/page_ids.h"

#define WORDS	8		/* that a number may be written in */
#define LEAST	7
#define MOST	15		/* E.164 */

/* Digits of s into out; FALSE where something else than a number stands. */
static gboolean
digits(const char *s, size_t n, GString *out)
{
	size_t i;

	for (i = 0; i < n; i++) {
		if (g_ascii_isdigit(s[i]))
			g_string_append_c(out, s[i]);
		else if (s[i] == '+' && out->len == 0)
			g_string_append_c(out, '+');
		else if (strchr("-./()+ ", s[i]) == NULL)
			return FALSE;
	}
	return TRUE;
}

static gboolean
is_number(const GString *s)
{
	size_t n = s->len - (s->len > 0 && *s->str == '+');

	return n >= LEAST && n <= MOST;
}

static void
add(struct page_facts *f, const char *signal, const GString *number, size_t pos,
    const char *where, const char *of)
{
	if (is_number(number))
		page_id_add(f, "phone", signal, *number->str == '+' ?
		    "in international form" : of, number->str, number->len,
		    pos, where, NULL);
}

/*
 * Words from i on that are nothing but a number.  In "+49 (0)30 123" the zero
 * is dialled at home only.
 */
static void
gather(const struct page_text *t, size_t i, GString *out)
{
	guint32 line = text_word(t, i)->line;
	size_t last = MIN(i + WORDS, t->words->len), skip;

	for (; i < last && text_word(t, i)->line == line; i++) {
		const struct word *w = text_word(t, i);
		const char *s = t->text->str + w->at;
		size_t n = w->len, before = out->len;

		while (n > 0 && strchr(",;:!?", s[n - 1]) != NULL)
			n--;
		skip = n > 3 && memcmp(s, "(0)", 3) == 0 && before > 0 &&
		    *out->str == '+' ? 3 : 0;
		if (out->len > 0 && *s == '+')
			break;
		if (!digits(s + skip, n - skip, out)) {
			g_string_truncate(out, before);
			break;
		}
		if (n < w->len)
			break;
	}
}

void
page_phone_link(struct page_facts *f, const char *number, size_t pos)
{
	g_autoptr(GString) s = g_string_new(NULL);
	size_t n = strcspn(number, ";?,");

	while (n > 2 && number[0] == '%' && number[1] == '2')
		number += 3, n -= MIN(n, 3);	/* "%20", "%2B" */
	if (digits(number, MIN(n, 32), s))
		add(f, "phone", s, pos, "tag", "in a tel: link");
}

void
page_phone_plus(const struct page_text *t, struct page_facts *f, size_t i)
{
	g_autoptr(GString) s = g_string_new(NULL);

	gather(t, i, s);
	add(f, "phone", s, text_word(t, i)->pos, "text", "");
}

void
page_phone_label(const struct page_text *t, struct page_facts *f, size_t i,
    const char *signal)
{
	g_autoptr(GString) s = g_string_new(NULL);
	guint32 line = text_word(t, i)->line;
	size_t at = i + 1;

	/* "Phone number: 030 1", "Tel. Nr. 030 1" */
	while (at < t->words->len && at < i + 3 &&
	    text_word(t, at)->line == line &&
	    g_ascii_isalpha(t->text->str[text_word(t, at)->core]))
		at++;
	if (at >= t->words->len || text_word(t, at)->line != line)
		return;
	gather(t, at, s);
	add(f, signal, s, text_word(t, at)->pos, "text", "after a label");
}
