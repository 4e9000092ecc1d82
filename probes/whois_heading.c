/*
 * Headings of sections: whom or what one is about, and what a key means under
 * it.
 */

#include <string.h>

#include "probes/whois_pairs_priv.h"

/* What was said of one contact for two roles is said of the other too. */
static void
give_both(struct pairs *p)
{
	guint end = p->out->len;

	for (guint i = p->both; i > 0 && i <= end; i++) {
		struct whois_field f = g_array_index(p->out, struct whois_field,
		    i - 1);

		f.field = whois_word_same(p->role, ROLE_TECH, f.field);
		if (f.field != NULL && p->out->len < WHOIS_FIELDS)
			g_array_append_val(p->out, f);
	}
	p->both = 0;
}

void
whois_heading_leave(struct pairs *p)
{
	give_both(p);
	p->heading[0] = '\0';
	p->role = ROLE_NONE;
	p->field = NULL;
	p->gap = FALSE;
	p->open = FALSE;
}

/* "Administrative Contact, Technical Contact": one, who stands for both. */
static enum whois_role
first_of_two(const char *key)
{
	char first[WHOIS_KEY + 1];
	gsize n = strcspn(key, ",/");

	if (key[n] == '\0' || n == 0)
		return ROLE_NONE;
	g_strlcpy(first, key, n + 1);
	g_strchomp(first);
	return whois_word_role(first);
}

/* "holder" of "@holder", and of "@holder#". */
static enum whois_role
said_role(const char *word)
{
	char role[16];

	g_strlcpy(role, word, MIN(sizeof(role), strcspn(word, "#") + 1));
	return whois_word_role(role);
}

/* A contact of a kind that is not known; "Visit ... to contact the owner" is
 * none. */
static gboolean
is_contact(const char *key)
{
	const char *last = g_strrstr(key, "contact");

	return last != NULL && (last[7] == '\0' ||
	    strcmp(last + 7, "s") == 0 ||
	    g_str_has_prefix(last + 7, " info") ||
	    strcmp(last + 7, " details") == 0);
}

/* Whom or what a heading is about, by the layout's word or by everybody's. */
gboolean
whois_heading_means(const struct pairs *p, const char *key,
    enum whois_role *role, const char **field)
{
	const char *own = whois_layout_key(p->layout, "", key);

	*role = ROLE_NONE;
	*field = NULL;
	if (own != NULL && *own == '@')
		*role = own[1] == '\0' ? ROLE_OTHER : said_role(own + 1);
	else if (own != NULL)
		*field = own;
	else if ((*role = whois_word_role(key)) == ROLE_NONE &&
	    (*field = whois_word_plain(key)) == NULL)
		*role = first_of_two(key);
	if (*role == ROLE_NONE && *field == NULL && is_contact(key))
		*role = ROLE_OTHER;
	return *role != ROLE_NONE || *field != NULL;
}

void
whois_heading_enter(struct pairs *p, const struct whois_line *l,
    const char *key)
{
	give_both(p);
	g_strlcpy(p->heading, key, sizeof(p->heading));
	whois_heading_means(p, key, &p->role, &p->field);
	p->both = p->role == ROLE_ADMIN && strchr(key, ',') != NULL &&
	    strstr(key, "tech") != NULL ? p->out->len + 1 : 0;
	p->indent = l->indent;
	p->lines = 0;
	p->numbers = 0;
	p->open = TRUE;
	p->gap = FALSE;
	p->last = NULL;
}

/* "Address" and no more, above the lines that are one. */
gboolean
whois_heading_street(const struct pairs *p, const char *key)
{
	const char *field = p->role != ROLE_OTHER ?
	    whois_word_of(p->role, key) : NULL;

	return field != NULL && whois_field_ends(field, "_street");
}

/* "changed" under a contact is the contact's, not the domain's. */
static gboolean
own_date(const char *key)
{
	const char *field = whois_word_plain(key);

	return field != NULL && strstr(key, "domain") == NULL &&
	    (strcmp(field, "created") == 0 || strcmp(field, "changed") == 0 ||
	    strcmp(field, "status") == 0);
}

/* Whoever's section it stands in, it is about the domain. */
static gboolean
of_domain(const char *key)
{
	return g_strcmp0(whois_word_plain(key), "domain") == 0 ||
	    whois_word_role(key) == ROLE_REGISTRAR;
}

const char *
whois_heading_key(const struct pairs *p, const struct whois_line *l,
    const char *key, gboolean *outside)
{
	const char *field = whois_layout_key(p->layout, p->heading, key);

	*outside = FALSE;
	if (field != NULL)
		return field;
	if (p->role != ROLE_NONE) {
		field = whois_word_of(p->role, whois_word_role(key) == p->role ?
		    "name" : key);
		/* "registrant_org" below "Registrant:" */
		if (field == NULL && (field = whois_word_both(key)) != NULL &&
		    whois_word_same(p->role, p->role, field) == NULL)
			field = NULL;
		if (field != NULL || own_date(key) ||
		    (l->indent > p->indent && !of_domain(key)))
			return field;
	}
	field = whois_word_plain(key);
	if (field == NULL)
		field = whois_word_both(key);
	/* "Registrar Name" ends no section on the registrar. */
	*outside = field != NULL &&
	    whois_word_same(p->role, p->role, field) == NULL;
	return field;
}
