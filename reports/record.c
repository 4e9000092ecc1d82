#include "reports/record.h"

#include <string.h>

static void
party_free(void *data)
{
	struct party *p = data;

	g_free(p->label);
	g_free(p->kind);
	g_free(p->from);
	g_free(p->to);
	g_free(p->note);
	g_free(p);
}

static void
entity_free(void *data)
{
	struct entity *e = data;

	g_free(e->name);
	g_free(e->country);
	g_free(e->sought_for);
	g_free(e->letter);
	g_free(e->note);
	g_free(e);
}

static void
statement_free(void *data)
{
	struct statement *s = data;

	g_free(s->id);
	g_free(s->text);
	g_free(s->source);
	g_free(s->date);
	g_free(s);
}

void
file_hash_free(void *data)
{
	struct file_hash *f = data;

	g_free(f->path);
	g_free(f->sha256);
	g_free(f);
}

static void
free_run(void *data)
{
	run_free(data);
}

static void
free_import(void *data)
{
	import_free(data);
}

void
texts_empty(char **const *strings, size_t n)
{
	for (size_t i = 0; i < n; i++)
		*strings[i] = g_strdup("");
}

static void
note_free(void *p)
{
	struct case_note *n = p;

	g_free(n->at);
	g_free(n->who);
	g_free(n->text);
	g_free(n);
}

struct record *
record_new(void)
{
	struct record *r = g_new0(struct record, 1);
	char **const strings[] = {
		&r->title, &r->court, &r->number, &r->forum, &r->motion_filed,
		&r->service_date, &r->collector_name, &r->collector_org,
		&r->collector_role, &r->letterhead, &r->worksheet_heading,
		&r->page_size, &r->as_of, &r->known_at,
	};

	texts_empty(strings, G_N_ELEMENTS(strings));
	r->runs = g_ptr_array_new_with_free_func(free_run);
	r->parties = g_ptr_array_new_with_free_func(party_free);
	r->entities = g_ptr_array_new_with_free_func(entity_free);
	r->notes = g_ptr_array_new_with_free_func(note_free);
	r->statements = g_ptr_array_new_with_free_func(statement_free);
	r->own = g_ptr_array_new_with_free_func(g_free);
	r->own_domains = g_ptr_array_new_with_free_func(g_free);
	r->own_ids = g_ptr_array_new_with_free_func(g_free);
	r->imports = g_ptr_array_new_with_free_func(free_import);
	r->withdrawn = g_ptr_array_new_with_free_func(free_import);
	r->table_hashes = g_ptr_array_new_with_free_func(file_hash_free);
	return r;
}

void
record_free(struct record *r)
{
	if (r == NULL)
		return;
	char *const strings[] = {
		r->title, r->court, r->number, r->forum, r->motion_filed,
		r->service_date, r->collector_name, r->collector_org,
		r->collector_role, r->letterhead, r->worksheet_heading,
		r->page_size, r->as_of, r->known_at,
	};
	for (size_t i = 0; i < G_N_ELEMENTS(strings); i++)
		g_free(strings[i]);
	g_ptr_array_unref(r->runs);
	g_ptr_array_unref(r->parties);
	g_ptr_array_unref(r->entities);
	g_ptr_array_unref(r->notes);
	g_ptr_array_unref(r->statements);
	g_ptr_array_unref(r->own);
	g_ptr_array_unref(r->own_domains);
	g_ptr_array_unref(r->own_ids);
	g_ptr_array_unref(r->imports);
	g_ptr_array_unref(r->withdrawn);
	g_ptr_array_unref(r->table_hashes);
	share_free(r->share);
	g_free(r);
}

const struct run *
record_last_run(const struct record *r)
{
	return r->runs->len > 0 ? r->runs->pdata[r->runs->len - 1] : NULL;
}
