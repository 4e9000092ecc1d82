/*
 * Reads what is written as "key: value" lines, with or without sections: a
 * heading, and under it lines that are about it.
 *
 * A heading is a key without a value, or a line that is nothing but a known
 * heading.  It holds until the next one, or until a line after a blank line
 * that does not stand further in than the heading does.
 */

#include <string.h>

#include "probes/whois_pairs_priv.h"

void
whois_pairs_give(struct pairs *p, guint i, const char *field, const char *key)
{
	const struct whois_line *l = whois_line(p->t, i);
	const char *part = strcmp(field, "holder") == 0 ?
	    whois_word_part(key) : NULL;

	whois_found_add(p->out, field, part, i, l->value, l->value_len);
	p->last = field;
	p->last_indent = l->indent;
}

/* ---- bare lines under a heading */

/* How much of s the words are, and the blanks behind them; 0 where it does not
 * begin so, or ends there.  A blank of the words is any number of them. */
static gsize
spaced(const char *words, gsize n, const char *s, gsize len)
{
	gsize at = 0;

	for (gsize i = 0; i < n; i++) {
		if (at >= len ||
		    g_ascii_tolower(s[at]) != g_ascii_tolower(words[i]))
			return 0;
		at++;
		while (words[i] == ' ' && at < len && s[at] == ' ')
			at++;
	}
	if (at >= len || s[at] != ' ')
		return 0;
	while (at < len && s[at] == ' ')
		at++;
	return at < len ? at : 0;
}

/* The same for a key that may begin with the name asked for, or with its first
 * label ("$. in ds ", "$ "). */
static gsize
named(const struct pairs *p, const char *key, const char *s, gsize len)
{
	gsize n = strlen(key) - 1, at, rest;

	if (*key != '$')
		return spaced(key, n, s, len);
	at = spaced(p->subject, key[1] == '.' ? strlen(p->subject) :
	    strcspn(p->subject, "."), s, len);
	if (at == 0 || n < 4)
		return at;
	rest = spaced(key + 3, n - 3, s + at, len - at);
	return rest > 0 ? at + rest : 0;
}

/* Whether the layout has such keys as begins() looks for; most have none. */
static gboolean
has_beginnings(const struct whois_layout *l)
{
	for (const struct whois_key_row *k = l->keys;
	    k != NULL && k->key != NULL; k++)
		if (k->key[strlen(k->key) - 1] == ' ')
			return TRUE;
	return FALSE;
}

/* "record expires on 2027-11-09": the layout knows how the line begins. */
static gboolean
begins(struct pairs *p, guint i)
{
	const struct whois_line *l = whois_line(p->t, i);
	const char *s = p->t->text + l->offset + l->indent;
	gsize len = l->len - l->indent;

	for (const struct whois_key_row *k = p->layout->keys;
	    k != NULL && k->key != NULL; k++) {
		gsize n;

		/* A cheap look before a dear one. */
		if ((*k->key != '$' && *k->key != g_ascii_tolower(*s)) ||
		    k->key[strlen(k->key) - 1] != ' ')
			continue;
		n = named(p, k->key, s, len);
		if (n == 0)
			continue;
		if (*k->field != '\0')
			whois_found_add(p->out, k->field, NULL, i,
			    (gsize)(s - p->t->text) + n, len - n);
		return TRUE;
	}
	return FALSE;
}

/* Values that go on below, further in: addresses, name servers. */
static gboolean
goes_on(struct pairs *p, guint i, const struct whois_line *l)
{
	if (p->last == NULL || l->indent <= p->last_indent || p->open ||
	    (!whois_word_list(p->last) && !whois_field_ends(p->last, "_org")))
		return FALSE;
	whois_found_add(p->out, p->last, NULL, i, l->value, l->value_len);
	return TRUE;
}

/* "       : 1 First Street", below "Owner  : Anna Kino" or in its place. */
static gboolean
owner_line(struct pairs *p, guint i, const struct whois_line *l)
{
	const char *s = p->t->text + l->value;

	if (!p->layout->owners || l->value_len < 3 || *s != ':' || s[1] != ' ')
		return FALSE;
	whois_found_add(p->out, "holder", NULL, i, l->value + 2,
	    l->value_len - 2);
	return TRUE;
}

/* "----------------": a line drawn under what was said. */
static gboolean
is_rule(const char *s, gsize len)
{
	for (gsize i = 0; i < len; i++)
		if (strchr("-=_*", s[i]) == NULL)
			return FALSE;
	return len >= 8;
}

/* "- ns1.example.net" */
static void
give_listed(struct pairs *p, guint i)
{
	const struct whois_line *l = whois_line(p->t, i);
	const char *s = p->t->text + l->value;

	if (l->value_len > 2 && strchr("-*", *s) != NULL && s[1] == ' ')
		whois_found_add(p->out, p->field, NULL, i, l->value + 2,
		    l->value_len - 2);
	else
		whois_pairs_give(p, i, p->field, p->heading);
}

static void
bare(struct pairs *p, guint i)
{
	const struct whois_line *l = whois_line(p->t, i);
	char key[WHOIS_KEY + 1];
	enum whois_role role;
	const char *field;

	if (is_rule(p->t->text + l->value, l->value_len)) {
		if (!p->open || whois_line_empty(whois_line(p->t, i - 1))) {
			whois_heading_leave(p);
			p->last = NULL;
		}
		return;
	}
	if (owner_line(p, i, l) || goes_on(p, i, l) ||
	    strchr("%#", p->t->text[l->value]) != NULL)
		return;
	p->last = NULL;
	/* What stands right under a heading is its value, whatever it says. */
	if (!(p->open && (p->role != ROLE_NONE || p->field != NULL)) &&
	    p->layout->form == FORM_SECTIONS && l->value_len < WHOIS_KEY &&
	    whois_plain(p->t->text + l->value, l->value_len, key,
	    sizeof(key)) > 0 && whois_heading_means(p, key, &role, &field)) {
		whois_heading_enter(p, l, key);
		return;
	}
	p->open = FALSE;
	if (l->value_len < 16 && whois_plain(p->t->text + l->value,
	    l->value_len, key, sizeof(key)) > 0 && whois_heading_street(p, key))
		return;
	if (p->field != NULL &&
	    (p->lines == 0 || whois_word_list(p->field))) {
		p->lines++;
		give_listed(p, i);
	} else if (p->role != ROLE_NONE && p->role != ROLE_OTHER) {
		whois_bare_contact(p, i);
	}
}

/* ---- lines with a key */

/* The domain's own name; FALSE where another record begins, which "Domain:
 * (Handle x)" may say. */
static gboolean
is_domain(struct pairs *p, guint i)
{
	const struct whois_line *l = whois_line(p->t, i);
	gboolean other = FALSE;

	whois_names(p->t, l, p->subject, &other);
	if (p->seen && (other || (l->value_len > 0 &&
	    p->t->text[l->value] == '(')))
		return FALSE;
	p->seen = TRUE;
	return TRUE;
}

/* "Contact Type: registrant": the value is the heading. */
static void
enter_said(struct pairs *p, const struct whois_line *l, const char *key)
{
	char said[WHOIS_KEY + 1];

	whois_heading_enter(p, l, key);
	whois_plain(p->t->text + l->value, l->value_len, said, sizeof(said));
	p->role = whois_word_role(said);
	p->field = NULL;
	p->open = FALSE;
}

/* FALSE where another record begins. */
static gboolean
keyed(struct pairs *p, guint i, const char *key)
{
	const struct whois_line *l = whois_line(p->t, i);
	gboolean outside;
	const char *field = whois_heading_key(p, l, key, &outside);

	/* "No:114 G-4", in an address that goes on below. */
	if (field == NULL && p->last != NULL &&
	    whois_field_ends(p->last, "street") && l->indent > p->last_indent) {
		whois_found_add(p->out, p->last, NULL, i, l->offset + l->indent,
		    l->len - l->indent);
		return TRUE;
	}
	if (field == NULL && p->role != ROLE_NONE && whois_bare_numbers(p, i))
		return TRUE;
	p->open = FALSE;
	p->last = NULL;
	if (strcmp(key, "contact type") == 0) {
		enter_said(p, l, key);
		return TRUE;
	}
	if (field != NULL && *field == '@') {
		whois_heading_enter(p, l, key);
		if (strchr(field, '#') != NULL)
			field = whois_word_handle(p->role);
		else
			field = p->t->text[l->value] != '[' ?
			    whois_word_of(p->role, "name") : NULL;
	}
	if (field == NULL || *field == '\0')
		return TRUE;
	if (strcmp(field, "domain") == 0 && !is_domain(p, i))
		return FALSE;
	if (p->layout->open && whois_word_role(key) != ROLE_NONE) {
		whois_heading_enter(p, l, key);
		p->role = whois_word_role(key);
		p->field = NULL;
	} else if (outside && p->role != ROLE_NONE)
		whois_heading_leave(p);
	whois_pairs_give(p, i, field, key);
	p->open = FALSE;
	/* Who it is was said by a key: what follows is no name. */
	if (p->role != ROLE_NONE && !whois_field_ends(field, "_handle"))
		p->lines++;
	return TRUE;
}

/* "Address:" and nothing, and the lines of it below, further in. */
static gboolean
street_below(struct pairs *p, const struct whois_line *l, const char *key)
{
	if (p->role == ROLE_NONE || !whois_heading_street(p, key))
		return FALSE;
	p->open = FALSE;
	p->last = whois_word_of(p->role, key);
	p->last_indent = l->indent;
	p->lines++;
	return TRUE;
}

/* "Fax:" and nothing, between two other lines on the same contact. */
static gboolean
attribute_left_empty(const struct pairs *p, const struct whois_line *l,
    const struct whois_line *next, const char *key)
{
	return p->role != ROLE_NONE && next->key_len > 0 &&
	    next->indent == l->indent &&
	    whois_word_role(key) == ROLE_NONE &&
	    whois_word_of(ROLE_ADMIN, key) != NULL;
}

/* Whether what follows the key stands below it. */
static gboolean
is_heading(const struct pairs *p, guint i, const char *key)
{
	const struct whois_line *l = whois_line(p->t, i), *next;
	const char *below;

	if (p->layout->form != FORM_SECTIONS && !l->bracket)
		return FALSE;
	if (whois_layout_section(p->layout, key))
		return TRUE;
	/* What the layout leaves out is no heading without its value either. */
	if (g_strcmp0(whois_layout_key(p->layout, "", key), "") == 0)
		return FALSE;
	for (i++; i < p->t->lines->len; i++)
		if (!whois_line_empty(next = whois_line(p->t, i))) {
			below = whois_key(p->t, next);
			if (attribute_left_empty(p, l, next, key))
				return FALSE;
			return next->indent > l->indent ||
			    next->key_len == 0 ||
			    (whois_word_of(ROLE_ADMIN, below) != NULL &&
			    whois_word_role(key) != ROLE_NONE) ||
			    whois_word_plain(key) == NULL;
		}
	return FALSE;
}

/* Whether what stands above the gap ends as a contact does, with how he is
 * reached; his name alone, or the middle of his address, does not. */
static gboolean
is_whole(const struct pairs *p)
{
	const char *last;

	if (p->out->len == 0 || p->lines < 2)
		return FALSE;
	last = g_array_index(p->out, struct whois_field, p->out->len - 1).field;
	return whois_field_ends(last, "email") ||
	    whois_field_ends(last, "handle");
}

static gboolean
line(struct pairs *p, guint i)
{
	const struct whois_line *l = whois_line(p->t, i);
	const char *key;

	if (whois_line_empty(l)) {
		p->gap = !p->open;
		if (g_strcmp0(p->last, "status") == 0)
			p->last = NULL;
		return TRUE;
	}
	if (p->gap && p->heading[0] != '\0' && l->indent <= p->indent)
		whois_heading_leave(p);
	else if (p->gap && p->field == NULL && is_whole(p))
		p->lines = 0;	/* another one, in the same role */
	p->gap = FALSE;
	if (p->beginnings && begins(p, i))
		return TRUE;
	if (l->key_len == 0) {
		bare(p, i);
		return TRUE;
	}
	key = whois_key(p->t, l);
	if (l->value_len > 0)
		return keyed(p, i, key);
	if (street_below(p, l, key))
		return TRUE;
	if (is_heading(p, i, key))
		whois_heading_enter(p, l, key);
	else if (p->layout->form != FORM_SECTIONS)
		p->last = NULL;
	return TRUE;
}

void
whois_pairs(const struct whois_text *t, const struct whois_layout *layout,
    guint from, const char *subject, GArray *out)
{
	struct pairs p = { .t = t, .layout = layout, .subject = subject,
	    .out = out, .beginnings = has_beginnings(layout) };

	for (guint i = from; i < t->lines->len; i++) {
		/* Terms of use may stand above the record, too. */
		if (out->len == 0 || !whois_layout_end(t, whois_line(t, i))) {
			if (!line(&p, i))
				return;
			continue;
		}
		/* A registry's answer with the registrar's behind it. */
		i = whois_layout_next(t, i, subject);
		whois_heading_leave(&p);
		if (i < t->lines->len && !line(&p, i))
			return;
	}
}
