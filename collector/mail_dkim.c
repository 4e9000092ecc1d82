/* DKIM signatures (RFC 6376) of a message, checked. */

#include <stdlib.h>
#include <string.h>

#include "collector/mail_sign.h"
#include "probes/text.h"

#define DKIM_MOST	10	/* checked; RFC 6376, 6.1 lets a verifier stop */

enum canon
canon_named(const char *c, gboolean body)
{
	const char *slash = strchr(c, '/');

	if (body)
		return slash != NULL && g_ascii_strcasecmp(slash + 1,
		    "relaxed") == 0 ? CANON_RELAXED : CANON_SIMPLE;
	return g_ascii_strncasecmp(c, "relaxed", 7) == 0 ? CANON_RELAXED :
	    CANON_SIMPLE;
}

/* The field of the name that stands last before *below; -1 none. */
static gssize
field_above(const struct signing *s, const char *name, gssize below)
{
	size_t n = strlen(name);

	for (gssize i = below; i-- > 0;) {
		const struct field *f = &g_array_index(s->h->fields,
		    struct field, i);

		if (f->name_len == n && g_ascii_strncasecmp(s->m->s + f->name,
		    name, n) == 0)
			return i;
	}
	return -1;
}

void
dkim_data(const struct signing *s, const struct field *sig,
    const struct tags *t, enum canon canon, GString *out)
{
	g_auto(GStrv) names = g_strsplit(tag_value(t, "h"), ":", 500);
	g_autoptr(GHashTable) used = g_hash_table_new_full(g_str_hash,
	    g_str_equal, g_free, NULL);

	/* 5.4.2: each further mention is of the next one up. */
	for (char **n = names; *n != NULL; n++) {
		char *low = g_ascii_strdown(g_strstrip(*n), -1);
		gpointer below;
		gssize i;

		if (!g_hash_table_lookup_extended(used, low, NULL, &below))
			below = GINT_TO_POINTER(s->h->fields->len);
		i = field_above(s, low, GPOINTER_TO_INT(below));
		g_hash_table_insert(used, low, GINT_TO_POINTER(MAX(i, 0)));
		if (i < 0)
			continue;
		canon_field(s->m, &g_array_index(s->h->fields, struct field,
		    i), canon, FALSE, out);
		g_string_append(out, "\r\n");
	}
	canon_field(s->m, sig, canon, TRUE, out);
}

/* ---- checks before any key ------------------------------------------------------------- */

static gboolean
has_all(const struct tags *t, const char *required)
{
	g_auto(GStrv) each = g_strsplit(required, " ", -1);

	for (char **n = each; *n != NULL; n++)
		if (*tag_value(t, *n) == '\0')
			return FALSE;
	return TRUE;
}

static gboolean
signs_from(const struct tags *t)
{
	g_auto(GStrv) names = g_strsplit(tag_value(t, "h"), ":", 500);

	for (char **n = names; *n != NULL; n++)
		if (g_ascii_strcasecmp(g_strstrip(*n), "from") == 0)
			return TRUE;
	return FALSE;
}

/* i= is of d= or below it (RFC 6376, 3.5); an ARC instance has no "@". */
static gboolean
identity_fits(const struct tags *t)
{
	const char *i = strrchr(tag_value(t, "i"), '@');
	const char *d = tag_value(t, "d");
	size_t n = strlen(d), k;

	if (i == NULL)
		return TRUE;
	k = strlen(++i);
	return k >= n && g_ascii_strcasecmp(i + k - n, d) == 0 &&
	    (k == n || i[k - n - 1] == '.');
}

static const char *
malformed(const struct tags *t, const char *required)
{
	if (tags_bad(t))
		return "not a list of tags, or a tag stands twice";
	if (!has_all(t, required))
		return "a tag that must be there is missing";
	if (strstr(required, "v") == required &&
	    strcmp(tag_value(t, "v"), "1") != 0)
		return "not version 1";
	if (!signs_from(t))
		return "it does not sign From";
	return identity_fits(t) ? NULL : "i= is not of d=";
}

static gboolean
expired(const struct signing *s, const struct tags *t)
{
	int64_t x = g_ascii_strtoll(tag_value(t, "x"), NULL, 10);
	int64_t at = *s->received != '\0' ? text_time_parse(s->received) :
	    INT64_MIN;

	return x > 0 && at != INT64_MIN && x < at / 1000000;
}

static int64_t
body_limit(const struct tags *t)
{
	const char *l = tag_value(t, "l");

	return g_ascii_isdigit(*l) ? g_ascii_strtoll(l, NULL, 10) : -1;
}

/* What a reader has to know beside the result. */
static void
remark(const struct signing *s, int64_t limit, int64_t whole,
    struct mail_sign *sign)
{
	g_autoptr(GString) why = g_string_new(sign->why);

	if (limit >= 0 && limit < whole)
		g_string_append_printf(why, "%sonly the first %" G_GINT64_FORMAT
		    " of %" G_GINT64_FORMAT " bytes of the body are signed "
		    "(l=)", why->len > 0 ? "; " : "", limit, whole);
	if (s->bare_lf)
		g_string_append_printf(why, "%slines that end in LF were read "
		    "as ending in CRLF", why->len > 0 ? "; " : "");
	g_free(sign->why);
	sign->why = g_strdup(why->str);
}

static void
signature_check(struct signing *s, const struct field *f,
    const struct tags *t, struct mail_sign *sign)
{
	g_autoptr(GString) data = g_string_new(NULL);
	g_autofree char *b = tag_packed(t, "b");
	struct signed_data d = { tag_value(t, "a"), data, b,
	    tag_value(t, "d"), tag_value(t, "s") };

	dkim_data(s, f, t, canon_named(tag_value(t, "c"), FALSE), data);
	key_check(s, &d, sign);
}

void
dkim_check(struct signing *s, const struct field *f, const struct tags *t,
    const char *required, struct mail_sign *sign)
{
	const char *bad = malformed(t, required);
	int64_t limit = body_limit(t), whole = 0;

	if (bad != NULL) {
		sign_says(sign, "malformed", g_strdup(bad));
		return;
	}
	if (!key_knows(tag_value(t, "a"))) {
		sign_says(sign, "fail", g_strdup("its algorithm is not one of "
		    "RFC 8301 and 8463"));
		return;
	}
	if (!body_same(s, t, canon_named(tag_value(t, "c"), TRUE), limit,
	    &whole) || limit > whole)
		sign_says(sign, "body changed", g_strdup("the body does not "
		    "give the hash in bh="));
	else if (expired(s, t))
		sign_says(sign, "expired", g_strdup("its x= is before the time "
		    "at which the message was received"));
	else
		signature_check(s, f, t, sign);
	remark(s, limit, whole, sign);
}

void
dkim_read(struct signing *s)
{
	const struct field *f;
	guint from = 0, n = 0;

	while ((f = head_field(s->m, s->h, "DKIM-Signature", &from)) != NULL) {
		g_autofree char *value = field_value(s->m, f);
		struct tags *t = tags_read(value);
		struct mail_sign *sign = sign_add(s, "dkim", tag_value(t, "d"),
		    tag_value(t, "s"));

		if (n < DKIM_MOST)
			dkim_check(s, f, t, "v a b bh d h s", sign);
		tags_free(t);
		if (++n <= DKIM_MOST)
			continue;
		sign_says(sign, "malformed", g_strdup_printf("not checked: more "
		    "than %d signatures", DKIM_MOST));
		break;
	}
}

/* ---- the names of keys -------------------------------------------------------------------- */

static gboolean
is_name(const char *s)
{
	for (const char *p = s; *p != '\0'; p++)
		if (!g_ascii_isalnum(*p) && strchr("-_.", *p) == NULL)
			return FALSE;
	return *s != '\0' && *s != '.' && strstr(s, "..") == NULL;
}

char **
mail_dkim_names(const struct mail *mail)
{
	g_autoptr(GPtrArray) names = g_ptr_array_new();

	for (guint i = 0; i < mail->signs->len; i++) {
		const struct mail_sign *s = g_ptr_array_index(mail->signs, i);
		g_autofree char *name = g_strdup_printf("%s._domainkey.%s",
		    s->selector, s->domain);
		char *low;

		if (strcmp(s->kind, "authentication-results") == 0 ||
		    !is_name(s->selector) || !is_name(s->domain) ||
		    strlen(name) > 253)
			continue;
		low = g_ascii_strdown(name, -1);
		if (g_ptr_array_find_with_equal_func(names, low, g_str_equal,
		    NULL))
			g_free(low);
		else
			g_ptr_array_add(names, low);
	}
	g_ptr_array_add(names, NULL);
	return (char **)g_ptr_array_free(g_steal_pointer(&names), FALSE);
}
