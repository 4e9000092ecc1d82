#include "reports/exhibit_list.h"

#include <string.h>

#include "reports/view.h"

#define TITLE_MAX	200	/* bytes of a name in a title */

/* What exchanges of one exhibit have in common, beside the row of the table. */
enum group {
	ONE,		/* nothing else: one exhibit for all */
	TARGET,		/* the target, or that there is none */
	OBJECT,		/* the name, address or URL that was asked about */
};

struct rule {
	enum probe_kind	 kind;
	const char	*type;		/* of the question; NULL: any other */
	gboolean	 address;	/* only where an address was asked about */
	gboolean	 own;		/* only names of the target itself */
	char		 letter;
	enum group	 group;
	const char	*title;		/* %s: the group's name */
	const char	*shared;	/* title where there is no target */
};

/* The first row that fits is the one. */
static const struct rule rules[] = {
	{ .kind = PROBE_LOCAL, .type = "hints", .letter = 'A', .group = ONE,
	    .title = "Method, environment, settings, local files read" },
	{ .kind = PROBE_LOCAL, .type = "vantage", .letter = 'A', .group = ONE,
	    .title = "Method, environment, settings, local files read" },
#define LISTED(of) { .kind = PROBE_LOCAL, .type = "listed-" of, .letter = 'E', \
	    .group = ONE, .title = "What dated lists hold of addresses and " \
	    "names" }
	LISTED("ip"), LISTED("as"), LISTED("ns"), LISTED("reverse"),
#undef LISTED
	{ .kind = PROBE_LOCAL, .letter = 'C', .group = ONE,
	    .title = "Where registration data is served: lists and look-ups" },
	{ .kind = PROBE_RDAP, .type = "bootstrap", .letter = 'C', .group = ONE,
	    .title = "Where registration data is served: lists and look-ups" },
	{ .kind = PROBE_RDAP, .type = "autnum", .letter = 'E', .group = OBJECT,
	    .title = "Assignment of AS%s (RDAP)" },
	{ .kind = PROBE_RDAP, .address = TRUE, .letter = 'E', .group = OBJECT,
	    .title = "Allocation of %s (RDAP)" },
	{ .kind = PROBE_RDAP, .letter = 'C', .group = OBJECT,
	    .title = "Registration of %s (RDAP)" },
	{ .kind = PROBE_WHOIS, .address = TRUE, .letter = 'E', .group = OBJECT,
	    .title = "Allocation of %s (WHOIS)" },
	{ .kind = PROBE_WHOIS, .letter = 'C', .group = OBJECT,
	    .title = "Registration of %s (WHOIS)" },
	{ .kind = PROBE_DNS, .type = "PTR", .letter = 'E', .group = TARGET,
	    .title = "Reverse names of addresses met for %s",
	    .shared = "Reverse names of addresses" },
	{ .kind = PROBE_DNS, .own = TRUE, .letter = 'D', .group = TARGET,
	    .title = "DNS answers for %s and names under it" },
	{ .kind = PROBE_DNS, .letter = 'D', .group = TARGET,
	    .title = "DNS answers for other names met for %s",
	    .shared = "DNS answers shared by all targets" },
	{ .kind = PROBE_TLS, .letter = 'F', .group = OBJECT,
	    .title = "Certificates presented for %s" },
	{ .kind = PROBE_HTTP, .letter = 'G', .group = OBJECT,
	    .title = "%s, as received" },
	{ .kind = PROBE_REACH, .letter = 'H', .group = TARGET,
	    .title = "Distances of addresses met for %s",
	    .shared = "Distances of addresses" },
	{ .kind = PROBE_GEO, .letter = 'H', .group = TARGET,
	    .title = "Geolocation look-ups for addresses met for %s",
	    .shared = "Geolocation look-ups" },
};

/* An exhibit that is being put together. */
struct making {
	const char	*key;		/* title, and more where that was cut */
	size_t		 title;		/* bytes of key that are the title */
	const char	*target;	/* interned */
	GArray		*records;	/* uint64_t */
};

static const struct {
	char		 letter;
	const char	*title;
} letters[] = {
	{ 'A', "Method, environment, settings" },
	{ 'B', "Log: every question, its cause, its outcome" },
	{ 'C', "Registration answers (RDAP, WHOIS)" },
	{ 'D', "DNS answers and delegation path" },
	{ 'E', "Allocation of addresses; reverse names" },
	{ 'F', "TLS certificates as presented" },
	{ 'G', "Pages as received" },
	{ 'H', "Geolocation look-ups" },
	{ 'O', "Hashes, signature, time-stamp tokens" },
};

const char *
exhibit_letter_title(char letter)
{
	for (size_t i = 0; i < G_N_ELEMENTS(letters); i++)
		if (letters[i].letter == letter)
			return letters[i].title;
	return "";
}

char *
exhibit_file_name(const struct run *run, const char *target)
{
	g_autofree char *safe = NULL;

	if (run->targets->len <= 1)
		return g_strdup("exhibit.html");
	if (*target == '\0')
		target = run->targets->pdata[0];
	safe = g_strndup(target, 200);
	g_strcanon(safe, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
	    "0123456789.-_", '_');
	return g_strdup_printf("exhibit-%s.html", safe);
}

static void
making_free(void *data)
{
	struct making *m = data;

	g_array_unref(m->records);
	g_free(m);
}

const char *
exhibit_object(enum probe_kind kind, const char *name)
{
	const char *slash = kind == PROBE_RDAP ? strrchr(name, '/') : NULL;

	return slash != NULL && slash[1] != '\0' ? slash + 1 : name;
}

static gboolean
about_address(const struct exhibit_row *r)
{
	const char *s = exhibit_object(r->kind, r->name);

	if (r->kind == PROBE_RDAP && strcmp(r->type, "ip") == 0)
		return TRUE;
	return strchr(s, ':') != NULL ||
	    (*s != '\0' && strspn(s, "0123456789.") == strlen(s));
}

/* DNS names in the log have their final dot. */
static gboolean
about_own(const struct exhibit_row *r)
{
	g_autofree char *name = g_ascii_strdown(r->name, -1);
	size_t n = strlen(name);

	if (n > 1 && name[n - 1] == '.')
		name[n - 1] = '\0';
	return *r->target != '\0' && (name_within(name, r->target) ||
	    (strchr(name, '.') != NULL && name_within(r->target, name)));
}

static gboolean
fits(const struct rule *rule, const struct exhibit_row *r)
{
	if (rule->kind != r->kind)
		return FALSE;
	if (rule->type != NULL && g_ascii_strcasecmp(rule->type, r->type) != 0)
		return FALSE;
	if (rule->address && !about_address(r))
		return FALSE;
	return !rule->own || about_own(r);
}

static char *
title_of(const struct rule *rule, const char *name)
{
	g_autoptr(GString) s = g_string_new(NULL);
	const char *place = strstr(rule->title, "%s");
	const char *t = *name == '\0' && rule->shared != NULL ?
	    rule->shared : rule->title;

	if (place == NULL || t == rule->shared)
		return g_strdup(t);
	g_string_append_len(s, rule->title, place - rule->title);
	if (strlen(name) > TITLE_MAX) {
		g_autofree char *cut = g_strndup(name, TITLE_MAX);
		g_autofree char *valid = g_utf8_make_valid(cut, -1);
		g_string_append_printf(s, "%s...", valid);
	} else {
		g_autofree char *valid = g_utf8_make_valid(name, -1);
		g_string_append(s, valid);
	}
	g_string_append(s, place + 2);
	return g_string_free(g_steal_pointer(&s), FALSE);
}

static const struct rule *
rule_of(const struct exhibit_row *r)
{
	for (size_t i = 0; i < G_N_ELEMENTS(rules); i++)
		if (fits(&rules[i], r))
			return &rules[i];
	return NULL;
}

static const char *
group_name(const struct rule *rule, const struct exhibit_row *r)
{
	switch (rule->group) {
	case OBJECT:
		return exhibit_object(r->kind, r->name);
	case TARGET:
		return r->target;
	case ONE:
		break;
	}
	return "";
}

static void
assign_row(GHashTable *seen, const struct rule *rule,
    const struct exhibit_row *r)
{
	const char *name = group_name(rule, r);
	g_autofree char *title = title_of(rule, name);
	char *key = strlen(name) > TITLE_MAX ?
	    g_strconcat(title, " ", name, NULL) : g_strdup(title);
	struct making *m = g_hash_table_lookup(seen, key);

	if (m == NULL) {
		m = g_new0(struct making, 1);
		m->key = key;
		m->title = strlen(title);
		m->target = g_intern_string(rule->group == ONE ? "" :
		    r->target);
		m->records = g_array_new(FALSE, FALSE, sizeof(uint64_t));
		g_hash_table_insert(seen, key, m);
	} else {
		g_free(key);
	}
	g_array_append_val(m->records, r->n);
}

static void
write_line(const struct exhibit_out *out, char letter, guint number,
    const char *title, size_t len, const char *target, const GArray *records)
{
	g_autofree char *id = g_strdup_printf("%c-%u", letter, number);
	json_t *list = json_array(), *o;
	g_autoptr(GString) line = g_string_new(NULL);
	char *text;

	for (guint i = 0; records != NULL && i < records->len; i++)
		json_array_append_new(list, json_integer((json_int_t)
		    g_array_index(records, uint64_t, i)));
	o = json_pack("{s:s, s:s%, s:s, s:o}", "id", id, "title", title, len,
	    "target", target, "records", list);
	text = json_dumps(o, JSON_COMPACT);
	g_string_append_printf(line, "%s\n", text);
	free(text);
	json_decref(o);
	out->line(out->arg, line->str, line->len);
}

static void
write_plain(const struct exhibit_out *out, char letter, guint number,
    const char *title)
{
	write_line(out, letter, number, title, strlen(title), "", NULL);
}

static int
by_number(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return x < y ? -1 : x > y;
}

static int
by_first(const void *a, const void *b)
{
	const struct making *x = *(struct making *const *)a;
	const struct making *y = *(struct making *const *)b;

	return by_number(x->records->data, y->records->data);
}

/* A resumed run takes its records in another order than its log's. */
static void
write_makings(GHashTable *seen, char letter, const struct exhibit_out *out)
{
	g_autoptr(GPtrArray) all = g_ptr_array_new();
	GHashTableIter it;
	void *v;

	g_hash_table_iter_init(&it, seen);
	while (g_hash_table_iter_next(&it, NULL, &v))
		g_ptr_array_add(all, v);
	for (guint i = 0; i < all->len; i++)
		g_array_sort(((struct making *)all->pdata[i])->records,
		    by_number);
	g_ptr_array_sort(all, by_first);
	for (guint i = 0; i < all->len; i++) {
		const struct making *m = all->pdata[i];

		write_line(out, letter, i + 1, m->key, m->title, m->target,
		    m->records);
	}
}

static void
write_letter(const struct exhibit_rows *rows, char letter,
    const struct exhibit_out *out)
{
	g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash,
	    g_str_equal, g_free, making_free);
	struct exhibit_row r;
	uint64_t at = 0;

	while (rows->next(rows->arg, &at, &r)) {
		const struct rule *rule = rule_of(&r);

		if (rule != NULL && rule->letter == letter)
			assign_row(seen, rule, &r);
	}
	if (letter == 'A' && g_hash_table_size(seen) == 0)
		write_plain(out, 'A', 1, exhibit_letter_title('A'));
	write_makings(seen, letter, out);
}

/* A, B and O are there in every run, with or without records. */
void
exhibits_write(const struct exhibit_rows *rows, const struct exhibit_out *out)
{
	write_letter(rows, 'A', out);
	write_plain(out, 'B', 1, exhibit_letter_title('B'));
	for (int c = 'C'; c <= 'H'; c++)
		write_letter(rows, (char)c, out);
	write_plain(out, 'O', 1, "Hashes of the files of the run");
	write_plain(out, 'O', 2, "Signature and time-stamp tokens");
}

/* --- over a run in memory ---------------------------------------------------- */

static gboolean
run_next(void *arg, uint64_t *at, struct exhibit_row *out)
{
	const GPtrArray *log = ((const struct run *)arg)->log;

	for (; *at < log->len; ++*at) {
		const struct log_row *r = log->pdata[*at];

		if (!row_exchange(r))
			continue;
		*out = (struct exhibit_row){ r->n, r->kind, r->name, r->qtype,
		    r->target };
		++*at;
		return TRUE;
	}
	return FALSE;
}

struct exhibit_rows
exhibit_rows_of(const struct run *run)
{
	struct exhibit_rows rows = { run_next, (void *)(uintptr_t)run };

	return rows;
}

static void
take_line(void *arg, const char *line, size_t len)
{
	g_string_append_len(arg, line, (gssize)len);
}

void
exhibits_assign(const struct run *run, GString *jsonl)
{
	struct exhibit_rows rows = exhibit_rows_of(run);
	struct exhibit_out out = { take_line, jsonl };

	exhibits_write(&rows, &out);
}
