/*
 * The tables as CSV (RFC 4180): CRLF, a header line, one escaper.  A field that
 * a spreadsheet would take for a formula begins with an apostrophe (text.h).
 */

#include <string.h>

#include "probes/text.h"
#include "reports/view.h"

static void
fields(GString *out, const char *const *s, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (i > 0)
			g_string_append_c(out, ',');
		text_csv(out, s[i], -1);
	}
	g_string_append(out, "\r\n");
}

static void
records_text(GString *out, const struct fact *f)
{
	for (guint i = 0; f->from != NULL && i < f->from->len; i++)
		g_string_append_printf(out, f->type == DERIVED ?
		    "%sF-%06" G_GUINT64_FORMAT : "%s%" G_GUINT64_FORMAT,
		    i > 0 ? " " : "", g_array_index(f->from, uint64_t, i));
}

/* "ip=192.0.2.7; ttl=300": the fact's value, members in their order. */
static void
value_text(GString *out, const json_t *value)
{
	const char *key;
	json_t *v;

	json_object_foreach((json_t *)(uintptr_t)value, key, v) {
		char *dump;

		g_string_append_printf(out, "%s%s=", out->len > 0 ? "; " : "",
		    key);
		if (json_is_string(v)) {
			g_string_append(out, json_string_value(v));
			continue;
		}
		dump = json_dumps(v, JSON_ENCODE_ANY | JSON_COMPACT);
		g_string_append(out, dump != NULL ? dump : "");
		free(dump);
	}
}

static void
fact_line(GString *out, const struct run *run, const struct fact *f)
{
	g_autoptr(GString) records = g_string_new(NULL);
	g_autoptr(GString) value = g_string_new(NULL);
	char id[24];

	g_snprintf(id, sizeof id, "F-%06u", f->id);
	records_text(records, f);
	value_text(value, f->value);
	fields(out, (const char *[]){ id, fact_info(f->kind)->name,
	    f->target != NULL ? f->target : "", f->subject, value->str,
	    fact_type_name(f->type), f->type == DERIVED ? "" :
	    run_exhibit_of(run, fact_source(f)), records->str, f->at,
	    f->reader }, 10);
}

void
render_facts_csv(const struct report *rep, GString *out)
{
	static const char *const head[] = { "fact", "kind", "target",
	    "subject", "value", "type", "exhibit", "from", "at", "reader" };

	fields(out, head, G_N_ELEMENTS(head));
	for (guint i = 0; i < rep->run->facts->len; i++)
		fact_line(out, rep->run, rep->run->facts->pdata[i]);
}

static void
role_line(GString *out, const struct role_row *r)
{
	g_autoptr(GString) records = g_string_new(NULL);
	const char *country = r->holder != NULL ?
	    fact_str(r->holder, "country") : "";

	if (*country == '\0' && r->network != NULL)
		country = fact_str(r->network, "country");
	for (guint i = 0; i < r->facts->len; i++)
		g_string_append_printf(records, "%s%" G_GUINT64_FORMAT,
		    i > 0 ? " " : "", fact_source(r->facts->pdata[i]));
	for (guint i = 0; r->imports != NULL && i < r->imports->len; i++) {
		const struct role_source *s = &g_array_index(r->imports,
		    struct role_source, i);

		g_string_append_printf(records, "%s%s:%u", records->len > 0 ?
		    " " : "", s->import->id, s->row);
	}
	fields(out, (const char *[]){ r->target, r->ip, role_name(r->role),
	    r->name, r->delivery != NULL ? r->delivery : "",
	    r->network != NULL ? fact_str(r->network, "start") : "",
	    r->network != NULL ? fact_str(r->network, "end") : "",
	    r->network != NULL ? fact_str(r->network, "name") : "",
	    r->holder != NULL ? fact_str(r->holder, "org") : "", country,
	    records->str }, 11);
}

/* Addresses with their roles and allocation, one line a role. */
void
render_tables_csv(const struct report *rep, GString *out)
{
	static const char *const head[] = { "target", "address", "role",
	    "name", "delivery_network", "network_start", "network_end",
	    "network_name", "holder", "holder_country", "records" };
	g_autoptr(GPtrArray) roles = roles_with_logs(rep->rec,
	    rep->sight, rep->run);

	fields(out, head, G_N_ELEMENTS(head));
	for (guint i = 0; i < roles->len; i++)
		role_line(out, roles->pdata[i]);
}

static void
log_line(GString *out, const struct run *run, const struct log_row *r)
{
	g_autofree char *n = g_strdup_printf("%" G_GUINT64_FORMAT, r->n);
	g_autofree char *cause = r->cause == 0 ? g_strdup("") :
	    g_strdup_printf("%" G_GUINT64_FORMAT, r->cause);
	g_autofree char *size = g_strdup_printf("%" G_GUINT64_FORMAT,
	    r->received_size);

	if (row_exchange(r))
		fields(out, (const char *[]){ n, r->type, r->target,
		    probe_kind_name(r->kind), r->name, r->qtype, r->host,
		    r->remote, cause, r->rule, r->start, r->end,
		    xstatus_name(r->status), r->detail, size,
		    r->received_sha256, run_exhibit_of(run, r->n) }, 17);
	else
		fields(out, (const char *[]){ n, r->type, r->target, "", "",
		    "", "", "", "", "", "", "", "", r->text, "", "", "" }, 17);
}

void
render_log_csv(const struct report *rep, GString *out)
{
	static const char *const head[] = { "record", "event", "target",
	    "kind", "name", "type", "host", "remote", "cause", "rule", "start",
	    "end", "status", "detail", "received_bytes", "received_sha256",
	    "exhibit" };

	fields(out, head, G_N_ELEMENTS(head));
	for (guint i = 0; i < rep->run->log->len; i++)
		log_line(out, rep->run, rep->run->log->pdata[i]);
}

static void
import_line(GString *out, const struct import *m)
{
	g_autofree char *size = g_strdup_printf("%" G_GUINT64_FORMAT, m->size);
	g_autofree char *rows = g_strdup_printf("%u", m->rows->len);
	g_autofree char *counted = g_strdup_printf("%u", m->counted);
	g_autofree char *ids = g_strjoinv(" ", m->elements);
	g_autofree char *problems = g_strdup_printf("%u", m->problems->len);

	fields(out, (const char *[]){ m->id, m->exhibit,
	    import_kind_name(m->kind), m->file, m->sha256, size, m->at,
	    m->who, m->label, m->describe, m->entity, ids, rows, counted,
	    problems }, 15);
}

/* What people brought, one line a file. */
void
render_imports_csv(const struct report *rep, GString *out)
{
	static const char *const head[] = { "import", "exhibit", "kind",
	    "file", "sha256", "bytes", "imported_at", "by", "label",
	    "description", "entity", "elements", "rows", "counted",
	    "problems" };

	fields(out, head, G_N_ELEMENTS(head));
	for (guint i = 0; i < rep->rec->imports->len; i++)
		import_line(out, rep->rec->imports->pdata[i]);
}
