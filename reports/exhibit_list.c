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
	{ .kind = PROBE_LOCAL, .letter = 'C', .group = ONE,
	    .title = "Where registration data is served: lists and look-ups" },
	{ .kind = PROBE_RDAP, .type = "bootstrap", .letter = 'C', .group = ONE,
	    .title = "Where registration data is served: lists and look-ups" },
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
	{ .kind = PROBE_GEO, .letter = 'H', .group = TARGET,
	    .title = "Geolocation look-ups for addresses met for %s",
	    .shared = "Geolocation look-ups" },
};

struct making {
	char		*title;
	const char	*target;
	GArray		*records;
};

struct assigner {
	GHashTable	*seen;			/* key -> struct making * */
	GPtrArray	*letters[26];		/* struct making * */
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

	g_free(m->title);
	g_array_unref(m->records);
	g_free(m);
}

/* The last part of an RDAP URL's path is what was asked about. */
static const char *
object_of(const struct log_row *r)
{
	const char *slash;

	if (r->kind != PROBE_RDAP)
		return r->name;
	slash = strrchr(r->name, '/');
	return slash != NULL && slash[1] != '\0' ? slash + 1 : r->name;
}

static gboolean
about_address(const struct log_row *r)
{
	const char *s = object_of(r);

	if (r->kind == PROBE_RDAP && strcmp(r->qtype, "ip") == 0)
		return TRUE;
	return strchr(s, ':') != NULL ||
	    (*s != '\0' && strspn(s, "0123456789.") == strlen(s));
}

/* DNS names in the log have their final dot. */
static gboolean
about_own(const struct log_row *r)
{
	g_autofree char *name = g_ascii_strdown(r->name, -1);
	size_t n = strlen(name);

	if (n > 1 && name[n - 1] == '.')
		name[n - 1] = '\0';
	return *r->target != '\0' && (name_within(name, r->target) ||
	    (strchr(name, '.') != NULL && name_within(r->target, name)));
}

static gboolean
fits(const struct rule *rule, const struct log_row *r)
{
	if (rule->kind != r->kind)
		return FALSE;
	if (rule->type != NULL && g_ascii_strcasecmp(rule->type, r->qtype) != 0)
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

static void
assign_row(struct assigner *a, const struct log_row *r)
{
	const struct rule *rule = rules;
	const char *name = "";
	struct making *m;

	while (rule < rules + G_N_ELEMENTS(rules) && !fits(rule, r))
		rule++;
	if (rule == rules + G_N_ELEMENTS(rules))
		return;
	if (rule->group == OBJECT)
		name = object_of(r);
	else if (rule->group == TARGET)
		name = r->target;
	g_autofree char *title = title_of(rule, name);
	g_autofree char *key = g_strdup_printf("%c%s %s", rule->letter, title,
	    strlen(name) > TITLE_MAX ? name : "");
	m = g_hash_table_lookup(a->seen, key);
	if (m == NULL) {
		m = g_new0(struct making, 1);
		m->title = g_steal_pointer(&title);
		m->target = rule->group == ONE ? "" : r->target;
		m->records = g_array_new(FALSE, FALSE, sizeof(uint64_t));
		g_hash_table_insert(a->seen, g_steal_pointer(&key), m);
		g_ptr_array_add(a->letters[rule->letter - 'A'], m);
	}
	g_array_append_val(m->records, r->n);
}

static void
write_line(GString *out, char letter, guint number, const char *title,
    const char *target, const GArray *records)
{
	g_autofree char *id = g_strdup_printf("%c-%u", letter, number);
	json_t *list = json_array();
	json_t *o;
	char *line;

	for (guint i = 0; records != NULL && i < records->len; i++)
		json_array_append_new(list, json_integer((json_int_t)
		    g_array_index(records, uint64_t, i)));
	o = json_pack("{s:s, s:s, s:s, s:o}", "id", id, "title", title,
	    "target", target, "records", list);
	line = json_dumps(o, JSON_COMPACT);
	g_string_append_printf(out, "%s\n", line);
	free(line);
	json_decref(o);
}

static void
write_letter(const struct assigner *a, char letter, GString *out)
{
	const GPtrArray *list = a->letters[letter - 'A'];

	for (guint i = 0; i < list->len; i++) {
		const struct making *m = list->pdata[i];

		write_line(out, letter, i + 1, m->title, m->target,
		    m->records);
	}
}

/* A, B and O are there in every run, with or without records. */
static void
write_all(const struct assigner *a, GString *out)
{
	if (a->letters[0]->len == 0)
		write_line(out, 'A', 1, exhibit_letter_title('A'), "", NULL);
	write_letter(a, 'A', out);
	write_line(out, 'B', 1, exhibit_letter_title('B'), "", NULL);
	for (char c = 'C'; c <= 'H'; c++)
		write_letter(a, c, out);
	write_line(out, 'O', 1, "Hashes of the files of the run", "", NULL);
	write_line(out, 'O', 2, "Signature and time-stamp tokens", "", NULL);
}

void
exhibits_assign(const struct run *run, GString *out)
{
	struct assigner a = {
		.seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
		    making_free),
	};

	for (size_t i = 0; i < G_N_ELEMENTS(a.letters); i++)
		a.letters[i] = g_ptr_array_new();
	for (guint i = 0; i < run->log->len; i++) {
		const struct log_row *r = run->log->pdata[i];

		if (row_exchange(r))
			assign_row(&a, r);
	}
	write_all(&a, out);
	for (size_t i = 0; i < G_N_ELEMENTS(a.letters); i++)
		g_ptr_array_unref(a.letters[i]);
	g_hash_table_unref(a.seen);
}
