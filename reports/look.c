#include "reports/delivery.h"
#include "reports/sight.h"

/*
 * Whether a question was answered.  An answer is a fact, "no such name" and
 * "no such object" included; where there is none, the exchanges that should
 * have given it are listed, or it was never asked.
 */

enum { ALIASES = 16 };

static const char *const look_names[LOOKS] = {
	[LOOK_ADDRESS] = "its addresses",
	[LOOK_MAIL] = "its mail servers",
	[LOOK_SERVERS] = "its name servers",
	[LOOK_REGISTRATION] = "its registration",
	[LOOK_PAGES] = "its pages",
	[LOOK_CERTIFICATE] = "its certificate",
	[LOOK_ALLOCATION] = "its allocation",
};

const char *
look_name(enum look look)
{
	return look_names[look];
}

void
looked_clear(struct looked *l)
{
	g_clear_pointer(&l->failed, g_array_unref);
}

static void
looked_init(struct looked *l, const struct run *run)
{
	l->how = LOOKED_ANSWERED;
	l->run = run;
	l->failed = g_array_new(FALSE, FALSE, sizeof(uint64_t));
}

static void
looked_fail(struct looked *l, uint64_t n)
{
	l->how = LOOKED_FAILED;
	for (guint i = 0; i < l->failed->len; i++)
		if (g_array_index(l->failed, uint64_t, i) == n)
			return;
	g_array_append_val(l->failed, n);
}

/* Nothing settled the question: by what failed, or never asked. */
static void
looked_open(struct looked *l)
{
	if (l->failed->len == 0)
		l->how = LOOKED_NEVER;
}

static gboolean
row_failed(const struct log_row *row)
{
	return row->status != X_ANSWERED;
}

/* ---- names ------------------------------------------------------------------- */

/* The name that an alias leads to, or the name itself. */
static const char *
canonical(const struct visit *v, const char *name)
{
	for (int i = 0; i < ALIASES; i++) {
		const struct fact *f = index_first(v->index, FACT_DNS_CNAME,
		    name);

		if (f == NULL || *fact_str(f, "to") == '\0')
			break;
		name = fact_str(f, "to");
	}
	return name;
}

static gboolean
dns_settled(const struct visit *v, const char *name, const char *type,
    enum fact_kind kind)
{
	const struct about a = index_facts(v->index, name);

	for (guint i = 0; i < a.n; i++) {
		const struct fact *f = about_fact(&a, i);

		if (f->kind == kind || f->kind == FACT_DNS_NXDOMAIN ||
		    (f->kind == FACT_DNS_NODATA &&
		    strcmp(fact_str(f, "type"), type) == 0))
			return TRUE;
	}
	return FALSE;
}

/* Whatever was asked for the name and type did not answer for it, even where
 * bytes came; where it never got so far, what failed on the way did. */
static void
dns_failed(const struct visit *v, const char *name, const char *type,
    struct looked *l)
{
	const GPtrArray *a = index_rows(v->index, name);

	l->how = LOOKED_FAILED;
	for (guint i = 0; a != NULL && i < a->len; i++) {
		const struct log_row *row = g_ptr_array_index(a, i);

		if (row->kind == PROBE_DNS && strcmp(row->qtype, type) == 0)
			looked_fail(l, row->n);
	}
	for (guint i = 0; l->failed->len == 0 && i < v->rows->len; i++) {
		const struct log_row *row = g_ptr_array_index(v->rows, i);

		if (row->kind == PROBE_DNS && row_failed(row))
			looked_fail(l, row->n);
	}
	looked_open(l);
}

static void
look_dns(const struct visit *v, const char *name, const char *type,
    enum fact_kind kind, struct looked *l)
{
	const char *end = canonical(v, name);

	if (!dns_settled(v, end, type, kind))
		dns_failed(v, end, type, l);
}

/* ---- registration --------------------------------------------------------------- */

static gboolean
registration_settled(const struct visit *v, const struct fact *f)
{
	if (strchr(f->subject, '.') == NULL ||
	    !name_under(v->target, f->subject))
		return FALSE;
	switch (f->kind) {
	case FACT_RDAP_DOMAIN:
	case FACT_RDAP_ENTITY:
	case FACT_REG_NONE:
	case FACT_WHOIS_RECORD:
	case FACT_WHOIS_FIELD:
		return TRUE;
	case FACT_RDAP_NONE:
		/* A server that nobody names and that does not speak RDAP. */
		return !json_is_false(fact_get(f, "confirmed"));
	case FACT_WHOIS_NONE:
		return strcmp(fact_str(f, "what"), "no match") == 0;
	default:
		return FALSE;
	}
}

static void
look_registration(const struct visit *v, struct looked *l)
{
	for (guint i = 0; i < v->facts->len; i++)
		if (registration_settled(v, g_ptr_array_index(v->facts, i)))
			return;
	l->how = LOOKED_FAILED;
	for (guint i = 0; i < v->rows->len; i++) {
		const struct log_row *row = g_ptr_array_index(v->rows, i);

		if (row->kind == PROBE_WHOIS || (row->kind == PROBE_RDAP &&
		    strcmp(row->qtype, "ip") != 0))
			looked_fail(l, row->n);
	}
	looked_open(l);
}

/* Of a target that is an address itself. */
static void
look_allocation(const struct visit *v, struct looked *l)
{
	for (guint i = 0; i < v->facts->len; i++) {
		const struct fact *f = g_ptr_array_index(v->facts, i);

		if (strcmp(f->subject, v->target) == 0 &&
		    (f->kind == FACT_IP_NETWORK || f->kind == FACT_IP_HOLDER ||
		    f->kind == FACT_RDAP_NONE))
			return;
	}
	l->how = LOOKED_FAILED;
	for (guint i = 0; i < v->rows->len; i++) {
		const struct log_row *row = g_ptr_array_index(v->rows, i);

		if ((row->kind == PROBE_RDAP || row->kind == PROBE_WHOIS) &&
		    strcmp(row->name, v->target) == 0)
			looked_fail(l, row->n);
	}
	looked_open(l);
}

/* ---- pages, certificates ----------------------------------------------------------- */

static const char *
url_rest(const char *url)
{
	const char *at = strstr(url, "://");

	return at != NULL ? at + 3 : url;
}

/* A page, and not robots.txt or a picture that stands in one. */
static gboolean
page_row(const struct log_row *row)
{
	return row->kind == PROBE_HTTP && (*row->qtype == '\0' ||
	    strcmp(row->qtype, "page") == 0 || strcmp(row->qtype, "hop") == 0);
}

/* The same page by the other scheme or from another address is the page. */
static gboolean
page_answered(const struct visit *v, const char *url)
{
	for (guint i = 0; i < v->rows->len; i++) {
		const struct log_row *row = g_ptr_array_index(v->rows, i);

		if (page_row(row) && !row_failed(row) &&
		    !content_unseen(&v->index->content, row->n) &&
		    strcmp(url_rest(row->name), url_rest(url)) == 0)
			return TRUE;
	}
	return FALSE;
}

/* What the guard or a limit kept from being fetched at all is not a page that
 * failed; a page that a limit cut off is. */
static gboolean
page_failed(const struct log_row *row)
{
	if (!page_row(row) || !row_failed(row) || row->status == X_GUARD)
		return FALSE;
	return row->status != X_LIMIT || row->received_size > 0;
}

static gboolean
has_address(const struct visit *v)
{
	for (guint i = 0; i < v->roles->len; i++) {
		const struct role_row *r = g_ptr_array_index(v->roles, i);

		if (r->own)
			return TRUE;
	}
	return FALSE;
}

static void
look_address(const struct visit *v, struct looked *l)
{
	look_dns(v, v->target, "A", FACT_DNS_A, l);
	look_dns(v, v->target, "AAAA", FACT_DNS_AAAA, l);
}

/* Where the name has no address there is no page and no certificate. */
static void
look_nothing(const struct visit *v, struct looked *l)
{
	if (has_address(v))
		l->how = LOOKED_NEVER;
	else
		look_address(v, l);
}

static void
look_pages(const struct visit *v, struct looked *l)
{
	gboolean asked = FALSE;

	for (guint i = 0; i < v->rows->len; i++) {
		const struct log_row *row = g_ptr_array_index(v->rows, i);

		asked |= page_row(row);
		/* A challenge came in place of the page. */
		if ((page_failed(row) || (page_row(row) &&
		    content_unseen(&v->index->content, row->n))) &&
		    !page_answered(v, row->name))
			looked_fail(l, row->n);
	}
	if (l->how == LOOKED_ANSWERED && asked && !v->run->complete)
		l->how = LOOKED_NEVER;
	if (!asked)
		look_nothing(v, l);
}

static void
look_certificate(const struct visit *v, struct looked *l)
{
	gboolean asked = FALSE, answered = FALSE;

	for (guint i = 0; i < v->rows->len; i++) {
		const struct log_row *row = g_ptr_array_index(v->rows, i);

		if (row->kind != PROBE_TLS || strcmp(row->name, v->target) != 0)
			continue;
		asked = TRUE;
		if (!row_failed(row))
			answered = TRUE;
		else
			looked_fail(l, row->n);
	}
	if (answered) {
		l->how = LOOKED_ANSWERED;
		g_array_set_size(l->failed, 0);
	} else if (!asked) {
		look_nothing(v, l);
	}
}

void
visit_look(const struct visit *v, enum look look, struct looked *l)
{
	looked_init(l, v->run);
	switch (look) {
	case LOOK_ADDRESS:
		look_address(v, l);
		break;
	case LOOK_MAIL:
		look_dns(v, v->target, "MX", FACT_DNS_MX, l);
		break;
	case LOOK_SERVERS:
		look_dns(v, v->target, "NS", FACT_DNS_NS, l);
		break;
	case LOOK_REGISTRATION:
		look_registration(v, l);
		break;
	case LOOK_PAGES:
		look_pages(v, l);
		break;
	case LOOK_CERTIFICATE:
		look_certificate(v, l);
		break;
	case LOOK_ALLOCATION:
		look_allocation(v, l);
		break;
	case LOOKS:
		break;
	}
}

/* ---- addresses ------------------------------------------------------------------------ */

static gboolean
address_settled(const struct sight_index *x, const struct role_row *r,
    enum probe_kind kind)
{
	if (kind == PROBE_GEO)
		return r->places->len > 0 ||
		    index_first(x, FACT_GEO_NONE, r->ip) != NULL;
	return r->network != NULL || r->holder != NULL ||
	    index_first(x, FACT_RDAP_NONE, r->ip) != NULL;
}

void
address_look(const struct sight *s, const struct role_row *r,
    enum probe_kind kind, struct looked *l)
{
	const struct sight_index *x = sight_index_of(s, r->run);
	const GPtrArray *a;

	looked_init(l, r->run);
	if (address_settled(x, r, kind))
		return;
	a = index_rows(x, r->ip);
	l->how = LOOKED_FAILED;
	for (guint i = 0; a != NULL && i < a->len; i++) {
		const struct log_row *row = g_ptr_array_index(a, i);

		if (row->kind == kind)
			looked_fail(l, row->n);
	}
	looked_open(l);
}
