/*
 * Lines without keys that are about somebody: the name first, then where he is
 * and how he is reached, told by what they look like.
 */

#include <string.h>

#include "probes/rdap_words.h"
#include "probes/whois_pairs_priv.h"

static gboolean
phone_like(const char *s, gsize len)
{
	guint digits = 0;

	for (gsize i = 0; i < len; i++) {
		digits += g_ascii_isdigit(s[i]);
		if (!g_ascii_isdigit(s[i]) && strchr("+-. ()/", s[i]) == NULL &&
		    (s[i] != 'x' || digits < 7))
			return FALSE;
	}
	return digits >= 7 && (*s == '+' || *s == '(' || digits >= 9);
}

/* The last word of the line, where it is a mail address; returns what stands
 * before it. */
static gsize
mail_at_end(struct pairs *p, guint i, const struct whois_line *l)
{
	const char *s = p->t->text + l->value;
	const char *field = whois_word_of(p->role, "email");
	gsize n = l->value_len, from, to = l->value_len;

	while (n > 0 && s[n - 1] != ' ' && s[n - 1] != '\t')
		n--;
	/* "(info [at] example.net)" */
	if (s[to - 1] == ')' && n > 6 && memcmp(s + n - 5, "[at] ", 5) == 0)
		while (n > 0 && s[n] != '(')
			n--;
	else if (memchr(s + n, '@', l->value_len - n) == NULL)
		return l->value_len;
	from = n + (strchr("(<[", s[n]) != NULL ? 1 : 0);
	to -= to > from && strchr(")>]", s[to - 1]) != NULL ? 1 : 0;
	if (field != NULL)
		whois_found_add(p->out, field, NULL, i, l->value + from,
		    to - from);
	while (n > 0 && (s[n - 1] == ' ' || s[n - 1] == '\t'))
		n--;
	return n;
}

/* What stands in the holder's place says where to ask; it goes on below. */
static gboolean
withheld_line(const struct pairs *p, const struct whois_line *l)
{
	g_autofree char *s = whois_utf8(p->t, l->value, l->value_len);

	return rdap_withheld_whois(s);
}

/* Where a withheld name is, is said all the same (.tw). */
static void
country_below(struct pairs *p, guint i)
{
	const struct whois_line *l;

	if (i >= p->t->lines->len)
		return;
	l = whois_line(p->t, i);
	if (l->key_len == 0 && l->value_len == 2 &&
	    rdap_country_code(p->t->text + l->value))
		whois_found_add(p->out, whois_word_of(p->role, "country"),
		    NULL, i, l->value, 2);
}

/* "DNS Admin  dns@example.net": two values on one line. */
static void
name_and_mail(struct pairs *p, guint i, const struct whois_line *l)
{
	const char *field = whois_word_of(p->role, "name");
	guint at = p->out->len;
	gsize n = mail_at_end(p, i, l);

	if (field == NULL || n == 0)
		return;
	whois_found_add(p->out, field, NULL, i, l->value, n);
	/* As they stand in the line. */
	if (p->out->len == at + 2) {
		struct whois_field name = g_array_index(p->out,
		    struct whois_field, at + 1);

		g_array_insert_val(p->out, at, name);
		g_array_set_size(p->out, at + 2);
	}
	if (withheld_line(p, l)) {
		country_below(p, i + 1);
		p->role = ROLE_OTHER;
	}
}

/* A number that stands somewhere between two places of the text. */
static void
give_number(struct pairs *p, guint i, const char *what, gsize from, gsize to)
{
	const char *s = p->t->text;

	while (from < to && !g_ascii_isdigit(s[from]) && s[from] != '+' &&
	    (s[from] != '(' || !g_ascii_isdigit(s[from + 1])))
		from++;
	while (to > from && !g_ascii_isdigit(s[to - 1]))
		to--;
	whois_found_add(p->out, whois_word_of(p->role, what), NULL, i, from,
	    to - from);
}

/* Where "fax" stands after a number: "+1.6505550100 (FAX) +1.6505550101", "Fax
 * -- ", "fax: "; 0 where it does not. */
static gsize
fax_behind(const char *s, gsize len)
{
	if (len < 12 || (!g_ascii_isdigit(*s) && *s != '+' &&
	    (*s != '(' || !g_ascii_isdigit(s[1]))))
		return 0;
	for (gsize i = 7; i + 4 < len; i++)
		if (g_ascii_tolower(s[i]) == 'f' &&
		    g_ascii_strncasecmp(s + i, "fax", 3) == 0)
			return i;
	return 0;
}

/* How many letters of a word for such a number the line begins with: "Tel.
 * +998 71 ..."; *fax: for which. */
static gsize
number_word(const char *s, gsize len, gboolean *fax)
{
	static const char *const words[] = { "tel", "phone", "fax" };

	for (size_t i = 0; i < G_N_ELEMENTS(words); i++) {
		gsize n = strlen(words[i]), k;
		guint digits = 0;

		if (len < n + 7 || g_ascii_strncasecmp(s, words[i], n) != 0)
			continue;
		for (k = n; k < len; k++) {
			if (!g_ascii_isdigit(s[k]) &&
			    strchr("+-. ()/", s[k]) == NULL)
				return 0;
			digits += g_ascii_isdigit(s[k]);
		}
		*fax = *words[i] == 'f';
		return digits >= 6 ? n : 0;
	}
	return 0;
}

/* Numbers of which the line says what they are; also "(Tel) 03-5550100". */
gboolean
whois_bare_numbers(struct pairs *p, guint i)
{
	const struct whois_line *l = whois_line(p->t, i);
	gsize from = l->offset + l->indent, len = l->len - l->indent;
	const char *s = p->t->text + from;
	gsize at = fax_behind(s, len), word;
	gboolean fax = FALSE;

	if ((word = number_word(s, len, &fax)) > 0) {
		give_number(p, i, fax ? "fax" : "phone", from + word,
		    from + len);
		return TRUE;
	}
	if (at > 0) {
		give_number(p, i, "phone", from, from + at);
		give_number(p, i, "fax", from + at, from + len);
		return TRUE;
	}
	if (len < 6 || *s != '(' || s[4] != ')')
		return FALSE;
	if (g_ascii_strncasecmp(s, "(fax", 4) == 0)
		give_number(p, i, "fax", from + 5, from + len);
	else if (g_ascii_strncasecmp(s, "(tel", 4) == 0)
		give_number(p, i, "phone", from + 5, from + len);
	else
		return FALSE;
	return TRUE;
}

/* "KIN000001-EENNU": the contact's handle, before its name. */
static gboolean
handle_first(const char *s, gsize len)
{
	guint digits = 0;

	for (gsize i = 0; i < len; i++) {
		digits += g_ascii_isdigit(s[i]);
		if (!g_ascii_isdigit(s[i]) && !g_ascii_isupper(s[i]) &&
		    s[i] != '-')
			return FALSE;
	}
	return digits >= 4 && memchr(s, '-', len) != NULL &&
	    g_ascii_isupper(*s);
}

static void
first_line(struct pairs *p, guint i, const struct whois_line *l)
{
	const char *s = p->t->text + l->value;

	if (!handle_first(s, l->value_len)) {
		name_and_mail(p, i, l);
		return;
	}
	p->lines--;
	whois_found_add(p->out, whois_word_handle(p->role), NULL, i, l->value,
	    l->value_len);
}

static gboolean
url_like(const char *s, gsize len)
{
	return len > 7 && memchr(s, ' ', len) == NULL &&
	    (g_ascii_strncasecmp(s, "www.", 4) == 0 ||
	    g_ascii_strncasecmp(s, "http://", 7) == 0 ||
	    g_ascii_strncasecmp(s, "https://", 8) == 0);
}

void
whois_bare_contact(struct pairs *p, guint i)
{
	const struct whois_line *l = whois_line(p->t, i);
	const char *s = p->t->text + l->value, *what = "street", *field;
	gsize before;

	if (p->lines++ == 0 && p->role != ROLE_ABUSE) {
		first_line(p, i, l);
		return;
	}
	if (memchr(s, '@', l->value_len) != NULL ||
	    g_strstr_len(s, (gssize)l->value_len, " [at] ") != NULL) {
		before = mail_at_end(p, i, l);
		if (p->role == ROLE_HOLDER && before > 0 &&
		    before < l->value_len)
			whois_found_add(p->out, "holder_contact", NULL, i,
			    l->value, before);
		return;
	}
	if (whois_bare_numbers(p, i))
		return;
	if (p->layout->twice && p->lines == 2 && p->role == ROLE_HOLDER)
		what = "name";
	else if (url_like(s, l->value_len))
		what = "url";
	else if (phone_like(s, l->value_len))
		what = p->numbers++ > 0 && p->layout->faxes ? "fax" : "phone";
	field = whois_word_of(p->role, what);
	if (field != NULL)
		whois_pairs_give(p, i, field, "");
}
