#include "reports/view.h"

#include <stdarg.h>
#include <string.h>

static void
name_it(GHashTable *set, const char *s)
{
	if (*s != '\0')
		g_hash_table_add(set, (gpointer)s);
}

/* Fields of value that name something further facts may be about. */
static const char *const naming[] = {
	"ip", "ns", "exchange", "to", "name", "host",
};

static void
name_fact(GHashTable *set, const struct fact *f)
{
	name_it(set, f->subject);
	for (size_t i = 0; i < G_N_ELEMENTS(naming); i++)
		name_it(set, fact_str(f, naming[i]));
}

static gboolean
is_of(const struct view *v, GHashTable *linked, const struct fact *f)
{
	if (v->whole)
		return TRUE;
	if (f->target != NULL && strcmp(f->target, v->target) == 0)
		return TRUE;
	return g_hash_table_contains(linked, f->subject) ||
	    (f->target == NULL &&
	    g_hash_table_contains(v->subjects, f->subject));
}

/*
 * Names and addresses in a role for this target: what is known of them belongs
 * here, even where another target of the run asked first.
 */
static GHashTable *
linked_of(const struct view *v)
{
	GHashTable *set = g_hash_table_new(g_str_hash, g_str_equal);

	for (guint i = 0; i < v->roles->len; i++) {
		const struct role_row *r = v->roles->pdata[i];

		if (r->role == ROLE_REGISTRAR_WEB ||
		    strcmp(r->target, v->target) != 0)
			continue;
		name_it(set, r->name);
		name_it(set, r->ip);
	}
	return set;
}

/* Shared facts of an own name can name more: one further round is enough, for
 * a delegation and the addresses of its servers. */
static void
collect_subjects(struct view *v)
{
	for (guint i = 0; i < v->run->facts->len; i++) {
		const struct fact *f = v->run->facts->pdata[i];

		if (f->target != NULL && strcmp(f->target, v->target) == 0)
			name_fact(v->subjects, f);
	}
	name_it(v->subjects, v->target);
	for (guint i = 0; i < v->run->facts->len; i++) {
		const struct fact *f = v->run->facts->pdata[i];

		if (f->target == NULL && (f->kind == FACT_DNS_A ||
		    f->kind == FACT_DNS_AAAA || f->kind == FACT_DNS_REFERRAL) &&
		    g_hash_table_contains(v->subjects, f->subject))
			name_fact(v->subjects, f);
	}
}

static void
collect_records(struct view *v)
{
	v->records = g_hash_table_new(g_int64_hash, g_int64_equal);
	for (guint i = 0; i < v->facts->len; i++) {
		const struct fact *f = v->facts->pdata[i];

		for (guint k = 0; f->type != DERIVED && f->from != NULL &&
		    k < f->from->len; k++)
			g_hash_table_add(v->records,
			    &g_array_index(f->from, uint64_t, k));
	}
}

void
view_open(struct view *v, const struct report *rep)
{
	v->rep = rep;
	v->rec = rep->rec;
	v->run = rep->run;
	v->target = rep->target;
	if (v->target == NULL)
		v->target = v->run->targets->len > 0 ?
		    v->run->targets->pdata[0] : "";
	v->whole = v->run->targets->len <= 1;
	v->subjects = g_hash_table_new(g_str_hash, g_str_equal);
	v->facts = g_ptr_array_new();
	v->roles = roles_of_run(v->rec, v->run);
	if (!v->whole)
		collect_subjects(v);
	g_autoptr(GHashTable) linked = linked_of(v);
	for (guint i = 0; i < v->run->facts->len; i++)
		if (is_of(v, linked, v->run->facts->pdata[i]))
			g_ptr_array_add(v->facts, v->run->facts->pdata[i]);
	collect_records(v);
}

void
view_close(struct view *v)
{
	g_ptr_array_unref(v->roles);
	g_ptr_array_unref(v->facts);
	g_hash_table_unref(v->records);
	g_hash_table_unref(v->subjects);
}

const struct fact *
view_next(const struct view *v, enum fact_kind kind, const char *subject,
    guint *at)
{
	while (*at < v->facts->len) {
		const struct fact *f = v->facts->pdata[(*at)++];

		if (f->kind == kind && (subject == NULL ||
		    strcmp(f->subject, subject) == 0))
			return f;
	}
	return NULL;
}

const struct fact *
view_first(const struct view *v, enum fact_kind kind, const char *subject)
{
	guint at = 0;

	return view_next(v, kind, subject, &at);
}

guint
view_count(const struct view *v, enum fact_kind kind, const char *subject)
{
	guint at = 0, n = 0;

	while (view_next(v, kind, subject, &at) != NULL)
		n++;
	return n;
}

gboolean
view_recursive(const struct view *v)
{
	return json_array_size(json_object_get(v->run->settings,
	    "dns_servers")) > 0;
}

gboolean
fact_recursive(const struct fact *f)
{
	return strcmp(fact_str(f, "by"), "recursive") == 0;
}

gboolean
strings_add(GPtrArray *set, const char *s)
{
	for (guint i = 0; i < set->len; i++)
		if (strcmp(set->pdata[i], s) == 0)
			return FALSE;
	g_ptr_array_add(set, (gpointer)s);
	return TRUE;
}

GPtrArray *
view_subjects(const struct view *v, enum fact_kind first, ...)
{
	gboolean wanted[FACT_KINDS] = { FALSE };
	g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
	GPtrArray *out = g_ptr_array_new();
	va_list ap;

	va_start(ap, first);
	for (enum fact_kind k = first; k < FACT_KINDS;
	    k = va_arg(ap, enum fact_kind))
		wanted[k] = TRUE;
	va_end(ap);
	for (guint i = 0; i < v->facts->len; i++) {
		const struct fact *f = v->facts->pdata[i];

		if (wanted[f->kind] && g_hash_table_add(seen, f->subject))
			g_ptr_array_add(out, f->subject);
	}
	return out;
}

gboolean
view_role(const struct view *v, const struct role_row *r)
{
	return v->whole || *r->target == '\0' ||
	    strcmp(r->target, v->target) == 0;
}

gboolean
view_row(const struct view *v, const struct log_row *r)
{
	return v->whole || *r->target == '\0' ||
	    strcmp(r->target, v->target) == 0 ||
	    g_hash_table_contains(v->records, &r->n);
}

gboolean
row_exchange(const struct log_row *r)
{
	return strcmp(r->type, "exchange") == 0;
}

gboolean
row_failed(const struct log_row *r)
{
	return row_exchange(r) && r->status != X_ANSWERED;
}

const char *
row_server(const struct log_row *r)
{
	if (*r->host != '\0')
		return r->host;
	return *r->server != '\0' ? r->server : r->remote;
}

const char *
zone_parent(const char *zone)
{
	const char *dot = strchr(zone, '.');

	return dot != NULL ? dot + 1 : "";
}

gboolean
name_is_key(const char *name)
{
	return strstr(name, "._domainkey.") != NULL;
}

gboolean
name_within(const char *name, const char *zone)
{
	size_t n = strlen(name), z = strlen(zone);

	return n >= z && strcmp(name + (n - z), zone) == 0 &&
	    (n == z || z == 0 || name[n - z - 1] == '.');
}

gboolean
fact_list_has(const struct fact *f, const char *field, const char *what)
{
	const json_t *list = fact_get(f, field);
	json_t *e;
	size_t i;

	json_array_foreach(list, i, e)
		if (json_is_string(e) &&
		    strcmp(json_string_value(e), what) == 0)
			return TRUE;
	return FALSE;
}

const char *
subject_address(const char *s)
{
	const char *at = strrchr(s, '@');

	return at != NULL ? at + 1 : s;
}
