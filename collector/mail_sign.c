/* Lists of tags, and what others say of signatures (RFC 8601). */

#include "collector/mail_sign.h"

#include <string.h>

/* ---- tag=value lists ----------------------------------------------------------------- */

struct tags {
	GHashTable	*values;
	gboolean	 bad;
};

static void
tag_take(struct tags *t, const char *pair)
{
	g_auto(GStrv) both = g_strsplit(pair, "=", 2);

	if (both[0] == NULL || both[1] == NULL) {
		t->bad = TRUE;
		return;
	}
	g_strstrip(both[0]);
	g_strstrip(both[1]);
	if (*both[0] == '\0' || g_hash_table_contains(t->values, both[0])) {
		t->bad = TRUE;
		return;
	}
	g_hash_table_insert(t->values, g_strdup(both[0]), g_strdup(both[1]));
}

struct tags *
tags_read(const char *value)
{
	struct tags *t = g_new0(struct tags, 1);
	g_auto(GStrv) pairs = g_strsplit(value, ";", 200);

	t->values = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
	    g_free);
	for (char **p = pairs; *p != NULL; p++) {
		g_strstrip(*p);
		if (**p != '\0')
			tag_take(t, *p);
	}
	return t;
}

void
tags_free(struct tags *t)
{
	g_hash_table_unref(t->values);
	g_free(t);
}

gboolean
tags_bad(const struct tags *t)
{
	return t->bad;
}

const char *
tag_value(const struct tags *t, const char *name)
{
	const char *v = g_hash_table_lookup(t->values, name);

	return v != NULL ? v : "";
}

char *
tag_packed(const struct tags *t, const char *name)
{
	char *s = g_strdup(tag_value(t, name)), *to = s;

	for (const char *p = s; *p != '\0'; p++)
		if (!g_ascii_isspace(*p))
			*to++ = *p;
	*to = '\0';
	return s;
}

/* ---- signs ---------------------------------------------------------------------------- */

struct mail_sign *
sign_add(struct signing *s, const char *kind, const char *domain,
    const char *selector)
{
	struct mail_sign *sign = g_new0(struct mail_sign, 1);

	sign->kind = g_strdup(kind);
	sign->domain = bytes_utf8(domain, strlen(domain), "utf-8");
	sign->selector = bytes_utf8(selector, strlen(selector), "utf-8");
	sign->result = g_strdup("");
	sign->by = g_strdup("");
	sign->why = g_strdup("");
	g_ptr_array_add(s->signs, sign);
	return sign;
}

void
sign_says(struct mail_sign *sign, const char *result, char *why)
{
	g_free(sign->result);
	g_free(sign->why);
	sign->result = g_strdup(result);
	sign->why = why;
}

/* ---- Authentication-Results ------------------------------------------------------------- */

/* Comments taken off: they may hold a ";". */
static char *
uncommented(const char *s)
{
	GString *out = g_string_new(NULL);
	unsigned depth = 0;

	for (; *s != '\0'; s++) {
		if (*s == '(')
			depth++;
		else if (*s == ')' && depth > 0)
			depth--;
		else if (depth == 0)
			g_string_append_c(out, *s);
	}
	return g_string_free(out, FALSE);
}

/* The word after a property's name, as in header.d=example.org. */
static char *
property(const char *info, const char *name)
{
	const char *at = strstr(info, name);
	char *v;

	if (at == NULL)
		return g_strdup("");
	at += strlen(name);
	v = g_strndup(at, strcspn(at, " \t;"));
	return g_strdelimit(v, "\"", ' '), g_strstrip(v);
}

static char *
about(const char *info)
{
	static const char *const names[] = { "header.d=", "header.i=",
	    "smtp.mailfrom=", "header.from=", "smtp.helo=" };

	for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
		g_autofree char *v = property(info, names[i]);
		const char *at = strrchr(v, '@');

		if (*v != '\0')
			return g_strdup(at != NULL ? at + 1 : v);
	}
	return g_strdup("");
}

/* "dkim=pass reason=... header.d=example.org": what stands first, of whom. */
static void
result_add(struct signing *s, const char *by, char *info, const char *why)
{
	g_autofree char *domain = NULL, *selector = NULL, *word = NULL;
	struct mail_sign *sign;

	g_strstrip(info);
	word = g_strndup(info, strcspn(info, " \t"));
	if (strchr(word, '=') == NULL || s->signs->len >= MAIL_SIGNS)
		return;
	domain = about(info);
	selector = property(info, "header.s=");
	sign = sign_add(s, "authentication-results", domain, selector);
	sign_says(sign, "", g_strdup(why));
	g_free(sign->result);
	sign->result = bytes_utf8(word, strlen(word), "utf-8");
	g_free(sign->by);
	sign->by = bytes_utf8(by, strlen(by), "utf-8");
}

/* authserv-id [version]; result; result; ... */
static void
results_of(struct signing *s, const char *value, const char *why)
{
	g_autofree char *clean = uncommented(value);
	g_auto(GStrv) parts = g_strsplit(clean, ";", MAIL_SIGNS);

	if (parts[0] == NULL)
		return;
	g_strstrip(parts[0]);
	parts[0][strcspn(parts[0], " \t")] = '\0';
	for (char **p = parts + 1; *p != NULL; p++)
		result_add(s, parts[0], *p, why);
}

void
results_read(struct signing *s)
{
	const struct field *f;
	guint from = 0;

	while ((f = head_field(s->m, s->h, "Authentication-Results",
	    &from)) != NULL && s->signs->len < MAIL_SIGNS) {
		g_autofree char *value = field_value(s->m, f);

		results_of(s, value, "");
	}
	from = 0;
	while ((f = head_field(s->m, s->h, "ARC-Authentication-Results",
	    &from)) != NULL && s->signs->len < MAIL_SIGNS) {
		g_autofree char *value = field_value(s->m, f);
		const char *semi = strchr(value, ';');
		g_autofree char *set = g_strndup(value, strcspn(value, ";"));
		g_autofree char *why = g_strdup_printf("in the ARC set %s",
		    g_strstrip(set));

		if (semi != NULL)
			results_of(s, semi + 1, why);
	}
}

void
sign_read(struct signing *s)
{
	for (size_t i = 0; i < s->m->len && !s->bare_lf; i++) {
		const char *lf = memchr(s->m->s + i, '\n', s->m->len - i);

		if (lf == NULL)
			break;
		i = (size_t)(lf - s->m->s);
		s->bare_lf = i == 0 || s->m->s[i - 1] != '\r';
	}
	dkim_read(s);
	arc_read(s);
	results_read(s);
}
