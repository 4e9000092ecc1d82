/*
 * Every element in every status that it may have, from small records written as
 * text (tests/data/showing/cases.txt), and what holds for all of them: beliefs and
 * the order of rows and imports change no status, addresses of hosts none of a Doe,
 * and no record carries a status for nothing.
 */

#include <string.h>

#include "reports/explain.h"
#include "tests/unit/linekit.h"

#define CASES	"tests/data/showing/cases.txt"
#define MAY	"reports/data/statuses.txt"

/* One case: its name, its lines, what is expected. */
struct small { char *name; GPtrArray *lines, *expect; };

static GPtrArray *cases;

static void
small_free(void *p)
{
	struct small *s = p;

	g_free(s->name);
	g_ptr_array_unref(s->lines);
	g_ptr_array_unref(s->expect);
	g_free(s);
}

static struct small *
small_new(const char *name)
{
	struct small *s = g_new0(struct small, 1);

	s->name = g_strdup(name);
	s->lines = g_ptr_array_new_with_free_func(g_free);
	s->expect = g_ptr_array_new_with_free_func(g_free);
	return s;
}

static void
cases_read(void)
{
	g_autofree char *text = NULL;
	g_auto(GStrv) lines = NULL;
	struct small *s = NULL;

	g_assert_true(g_file_get_contents(CASES, &text, NULL, NULL));
	lines = g_strsplit(text, "\n", -1);
	cases = g_ptr_array_new_with_free_func(small_free);
	for (char **l = lines; *l != NULL; l++) {
		if (**l == '\0' || **l == '#')
			continue;
		if (g_str_has_prefix(*l, "case ")) {
			s = small_new(*l + 5);
			g_ptr_array_add(cases, s);
		} else if (g_str_has_prefix(*l, "= ")) {
			g_ptr_array_add(s->expect, g_strdup(*l + 2));
		} else {
			g_ptr_array_add(s->lines, g_strdup(*l));
		}
	}
}

/* ---- building ------------------------------------------------------------------ */

/* Rows from the last to the first: each line that stands alone is put in the place
 * of its mirror among them. */
static void
build(const struct small *s, gboolean reversed, struct kit *k)
{
	g_autoptr(GPtrArray) rows = g_ptr_array_new();
	guint n = 0;

	for (guint i = 0; i < s->lines->len; i++)
		if (linekit_is_row(g_ptr_array_index(s->lines, i)))
			g_ptr_array_add(rows, g_ptr_array_index(s->lines, i));
	kit_init(k);
	for (guint i = 0; i < s->lines->len; i++) {
		const char *line = g_ptr_array_index(s->lines, i);

		if (linekit_is_row(line) && reversed)
			line = g_ptr_array_index(rows, rows->len - ++n);
		linekit_line(k, line);
	}
}

static void
same_statuses(const GPtrArray *a, const GPtrArray *b, const char *what)
{
	g_assert_cmpuint(a->len, ==, b->len);
	for (guint i = 0; i < a->len; i++) {
		const struct finding *f = a->pdata[i];
		const struct finding *g = kit_finding(b, f->element->id,
		    f->scope, f->forum);

		g_assert_nonnull(g);
		if (f->status != g->status)
			g_test_message("%s: %s %s %s", what, f->element->id,
			    f->scope, f->forum != NULL ? f->forum : "");
		g_assert_cmpstr(status_name(f->status), ==,
		    status_name(g->status));
	}
}

/* ---- what is expected ------------------------------------------------------------- */

static void
expect_one(const struct small *s, const GPtrArray *all, const char *line)
{
	g_auto(GStrv) forum = g_strsplit(line, " @", 2);
	g_auto(GStrv) words = g_strsplit(forum[0], " ", 3);
	guint n = g_strv_length(words);
	const struct finding *f = kit_finding(all, words[0],
	    n > 2 ? words[2] : NULL, forum[1]);

	if (f == NULL)
		g_error("%s: no finding of %s", s->name, line);
	if (strcmp(status_name(f->status), words[1]) == 0)
		return;
	g_test_message("%s: %s, and it is %s", s->name, line,
	    status_name(f->status));
	for (guint i = 0; i < f->notes->len; i++)
		g_test_message("  note: %s",
		    (char *)g_ptr_array_index(f->notes, i));
	g_test_fail();
}

static void
test_cases(void)
{
	for (guint i = 0; i < cases->len; i++) {
		const struct small *s = g_ptr_array_index(cases, i);
		g_autoptr(GPtrArray) all = NULL;
		struct kit k;

		build(s, FALSE, &k);
		all = showing_assess(k.rec);
		for (guint e = 0; e < s->expect->len; e++)
			expect_one(s, all, g_ptr_array_index(s->expect, e));
		g_clear_pointer(&all, g_ptr_array_unref);
		kit_clear(&k);
	}
}

/* ---- every status, and no other ----------------------------------------------------- */

/* Which statuses a kind of row may have (showing.md, D2); an N row that part A
 * gives a "Sat" may be raised too, and says so in the table. */
static const struct { char kind; const char *may; } kinds[] = {
	{ 'R', "SUP PART INSUF NONE NC CONF STALE CO" },
	{ 'S', "SUP PART NONE NC CONF STALE" },
	{ 'N', "INSUF NONE NC CONF STALE SUP PART" },
	{ 'W', "ADV NONE NC CONF STALE" },
	{ 'T', "ADV NONE NC CO" },
	{ 'D', "CO" },
};
static const char *const satisfied[] = { "P-13", "P-14", "P-27", "J-34",
	"K-14", "K-15", "L-03", "L-04", "L-06" };

static gboolean
has_word(const char *words, const char *word)
{
	g_auto(GStrv) w = g_strsplit(words, " ", -1);

	return g_strv_contains((const char *const *)w, word);
}

static gboolean
kind_may(const struct element *e, const char *status)
{
	if (e->kind == 'N' && (strcmp(status, "SUP") == 0 ||
	    strcmp(status, "PART") == 0) &&
	    !g_strv_contains(satisfied, e->id))
		return FALSE;
	for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++)
		if (kinds[i].kind == e->kind)
			return has_word(kinds[i].may, status);
	return FALSE;
}

static void
reach(unsigned *seen, const GPtrArray *all)
{
	for (guint i = 0; i < all->len; i++) {
		const struct finding *f = all->pdata[i];

		seen[f->element - elements] |= 1u << f->status;
	}
}

static unsigned *
reached(void)
{
	unsigned *seen = g_new0(unsigned, elements_count);

	for (guint i = 0; i < cases->len; i++) {
		g_autoptr(GPtrArray) all = NULL;
		struct kit k;

		build(g_ptr_array_index(cases, i), FALSE, &k);
		all = showing_assess(k.rec);
		reach(seen, all);
		g_clear_pointer(&all, g_ptr_array_unref);
		g_free(k.rec->as_of);
		k.rec->as_of = g_strdup("2028-01-01");
		all = showing_assess(k.rec);
		reach(seen, all);
		g_clear_pointer(&all, g_ptr_array_unref);
		kit_clear(&k);
	}
	return seen;
}

static char *
words_of(unsigned bits)
{
	GString *s = g_string_new(NULL);

	for (int i = 0; i < STATUSES; i++)
		if ((bits & (1u << i)) != 0)
			g_string_append_printf(s, "%s%s", s->len > 0 ? " " : "",
			    status_name((enum status)i));
	return g_string_free(s, FALSE);
}

/* The table says what each element may have: each word is of its kind, is reached
 * by a case, and no case reaches another. Traps are judge_trap's. */
static void
test_coverage(void)
{
	g_autofree unsigned *seen = reached();
	g_autofree char *text = NULL;
	g_auto(GStrv) lines = NULL;
	GString *got = g_string_new(NULL);

	for (size_t i = 0; i < elements_count; i++) {
		g_autofree char *words = words_of(seen[i]);
		g_auto(GStrv) each = g_strsplit(words, " ", -1);

		if (elements[i].kind == 'T')
			continue;
		g_string_append_printf(got, "%s %s\n", elements[i].id, words);
		for (char **w = each; *w != NULL; w++) {
			g_test_message("%s %s", elements[i].id, *w);
			g_assert_true(kind_may(&elements[i], *w));
		}
	}
	if (g_getenv("ELEMENTS_WRITE") != NULL)
		g_file_set_contents(MAY, got->str, -1, NULL);
	g_assert_true(g_file_get_contents(MAY, &text, NULL, NULL));
	g_assert_cmpstr(got->str, ==, text);
	g_string_free(got, TRUE);
}

/* What "goodcause explain" says that an element can be is its line of the table. */
static void
test_explained(void)
{
	g_autofree char *text = NULL;

	g_assert_true(g_file_get_contents(MAY, &text, NULL, NULL));
	for (size_t i = 0; i < elements_count; i++) {
		g_autoptr(GString) out = g_string_new(NULL);
		g_autoptr(GString) line = g_string_new(elements[i].id);
		json_t *doc, *list, *x;
		size_t k;

		explain_json(&elements[i], NULL, "0", out);
		doc = json_loads(out->str, 0, NULL);
		list = json_object_get(json_array_get(json_object_get(doc,
		    "elements"), 0), "statuses");
		json_array_foreach(list, k, x)
			g_string_append_printf(line, " %s",
			    json_string_value(x));
		g_string_append_c(line, '\n');
		g_test_message("%s", line->str);
		if (elements[i].kind == 'T')
			g_assert_null(strstr(text, elements[i].id));
		else
			g_assert_nonnull(strstr(text, line->str));
		json_decref(doc);
	}
}

/* ---- what holds for every record --------------------------------------------------------- */

static void
add_beliefs(struct kit *k)
{
	static const char *const beliefs[] = {
		"Plaintiff believes that a substantial number of users are in "
		    "the United States",
		"Jurisdiction lies under Rule 4(k)(2)",
		"Doe 1 opened a bank account", "bank.txt",
	};

	for (size_t i = 0; i < G_N_ELEMENTS(beliefs); i++)
		kit_statement(k, BELIEF, beliefs[i]);
	linekit_line(k, "statement BELIEF | Most of our readers live in "
	    "Hawaii. | kit.txt | 2026-11-01");
}

static void
hold_beliefs(const struct small *s, const GPtrArray *all)
{
	g_autoptr(GPtrArray) other = NULL;
	struct kit k;

	build(s, FALSE, &k);
	add_beliefs(&k);
	other = showing_assess(k.rec);
	same_statuses(all, other, s->name);
	g_clear_pointer(&other, g_ptr_array_unref);
	kit_clear(&k);
}

static void
hold_order(const struct small *s, const GPtrArray *all)
{
	g_autoptr(GPtrArray) other = NULL;
	struct kit k;

	build(s, TRUE, &k);
	other = showing_assess(k.rec);
	same_statuses(all, other, s->name);
	g_clear_pointer(&other, g_ptr_array_unref);
	kit_clear(&k);
}

/* A site more, with hosts, edges, name and mail servers of its own. */
static void
add_hosts(struct kit *k)
{
	linekit_line(k, "target more.example");
	linekit_line(k, "address more.example | 192.0.2.77 | Aloha Hosting | US");
	linekit_line(k, "address more.example | 104.16.0.9 | Cloudflare, Inc. | US");
	linekit_line(k, "fact dns.cname | www.more.example | {'to':'x.cdn.cloudflare.net'}");
	linekit_line(k, "fact dns.ns | more.example | {'ns':'ns.more.example'}");
	linekit_line(k, "address ns.more.example | 192.0.2.78 | Aloha DNS | US");
	linekit_line(k, "fact dns.mx | more.example | {'exchange':'mx.more.example'}");
	linekit_line(k, "address mx.more.example | 192.0.2.79 | Aloha Mail | US");
	linekit_line(k, "place 192.0.2.77 | US | Hawaii | city.mmdb | 2026-11-01 | 5");
}

static void
hold_hosts(const struct small *s, const GPtrArray *all)
{
	static const char *const ids[] = { "P-04", "P-06", "P-07" };
	g_autoptr(GPtrArray) other = NULL;
	struct kit k;

	build(s, FALSE, &k);
	if (k.run == NULL) {
		kit_clear(&k);
		return;
	}
	add_hosts(&k);
	other = showing_assess(k.rec);
	for (guint i = 0; i < all->len; i++) {
		const struct finding *f = all->pdata[i];
		const struct finding *g = kit_finding(other, f->element->id,
		    f->scope, f->forum);

		if (g_strv_contains(ids, f->element->id) == FALSE || g == NULL)
			continue;
		g_test_message("%s: %s", s->name, f->element->id);
		g_assert_cmpint(f->status, ==, g->status);
	}
	g_clear_pointer(&other, g_ptr_array_unref);
	kit_clear(&k);
}

/* The plaintiff by another legal form and in capitals is the plaintiff; where no row
 * of a log or table names it by its label. */
static void
hold_names(const struct small *s, const GPtrArray *all)
{
	g_autoptr(GPtrArray) other = NULL;
	struct kit k;

	build(s, FALSE, &k);
	for (guint i = 0; i < k.rec->parties->len; i++) {
		struct party *p = k.rec->parties->pdata[i];
		char *label;

		if (strcmp(p->label, "Bodyguard Productions, Inc.") != 0)
			continue;
		label = g_strdup("BODYGUARD PRODUCTIONS LLC (a remark)");
		g_free(p->label);
		p->label = label;
	}
	other = showing_assess(k.rec);
	same_statuses(all, other, s->name);
	g_clear_pointer(&other, g_ptr_array_unref);
	kit_clear(&k);
}

/* Every status that says the record contains something points at it. */
static void
hold_pointers(const struct small *s, const GPtrArray *all)
{
	for (guint i = 0; i < all->len; i++) {
		const struct finding *f = all->pdata[i];

		g_test_message("%s: %s %s", s->name, f->element->id, f->scope);
		g_assert_cmpuint(f->notes->len, >, 0);
		if (f->status == ST_SUP || f->status == ST_PART)
			g_assert_cmpuint(f->for_->len, >, 0);
		if (f->status == ST_INSUF || f->status == ST_ADV)
			g_assert_cmpuint(f->for_->len + f->against->len, >, 0);
		if (f->status == ST_PART || f->status == ST_INSUF ||
		    f->status == ST_CONF)
			g_assert_cmpuint(f->missing->len, >, 0);
	}
}

static void
hold_all(const struct small *s)
{
	g_autoptr(GPtrArray) all = NULL;
	struct kit k;

	build(s, FALSE, &k);
	all = showing_assess(k.rec);
	hold_pointers(s, all);
	hold_beliefs(s, all);
	hold_order(s, all);
	hold_hosts(s, all);
	hold_names(s, all);
	g_clear_pointer(&all, g_ptr_array_unref);
	kit_clear(&k);
}

static void
test_holds(void)
{
	for (guint i = 0; i < cases->len; i++)
		hold_all(g_ptr_array_index(cases, i));
}

/* Records made of lines of several cases, thrown together. */
static struct small *
random_case(GRand *rand, int number)
{
	g_autofree char *name = g_strdup_printf("random %d", number);
	struct small *s = small_new(name);
	int lines = g_rand_int_range(rand, 3, 24);

	g_ptr_array_add(s->lines, g_strdup(g_rand_boolean(rand) ? "base page" :
	    "base popcorn"));
	for (int i = 0; i < lines; i++) {
		const struct small *o = g_ptr_array_index(cases,
		    g_rand_int_range(rand, 0, (gint32)cases->len));
		const char *line = o->lines->len == 0 ? "" :
		    g_ptr_array_index(o->lines, g_rand_int_range(rand, 0,
		    (gint32)o->lines->len));

		if (linekit_is_row(line) || g_str_has_prefix(line, "place") ||
		    g_str_has_prefix(line, "listed") ||
		    g_str_has_prefix(line, "fact page"))
			g_ptr_array_add(s->lines, g_strdup(line));
	}
	return s;
}

static void
test_random(void)
{
	GRand *rand = g_rand_new_with_seed(20200123);

	for (int i = 0; i < 150; i++) {
		struct small *s = random_case(rand, i);

		hold_all(s);
		small_free(s);
	}
	g_rand_free(rand);
}

/* ---- a question that fails ---------------------------------------------------------------- */

static gboolean
is_row_line(const char *line)
{
	return !g_str_has_prefix(line, "base") && linekit_is_row(line);
}

/* The order's record with rows of a case, and one answer less each time. */
static void
hold_failed(const struct small *s, unsigned fail)
{
	g_autoptr(GPtrArray) whole = NULL, cut = NULL;
	struct kit a, b;

	kit_popcorn(&a, 0);
	kit_popcorn(&b, fail);
	a.fail = b.fail = 0;
	for (guint i = 0; i < s->lines->len; i++)
		if (is_row_line(g_ptr_array_index(s->lines, i))) {
			linekit_line(&a, g_ptr_array_index(s->lines, i));
			linekit_line(&b, g_ptr_array_index(s->lines, i));
		}
	whole = showing_assess(a.rec);
	cut = showing_assess(b.rec);
	for (guint i = 0; i < whole->len; i++) {
		const struct finding *f = whole->pdata[i];
		const struct finding *g = kit_finding(cut, f->element->id,
		    f->scope, f->forum);

		if (g == NULL || f->status == ST_NONE || f->status == ST_NC)
			continue;
		g_test_message("%s: %s %s without %u", s->name, f->element->id,
		    f->scope, fail);
		g_assert_cmpint(g->status, !=, ST_NONE);
	}
	g_clear_pointer(&whole, g_ptr_array_unref);
	g_clear_pointer(&cut, g_ptr_array_unref);
	kit_clear(&a);
	kit_clear(&b);
}

static void
test_failed(void)
{
	for (guint i = 0; i < cases->len; i++) {
		hold_failed(g_ptr_array_index(cases, i), 1 + i % 16);
		hold_failed(g_ptr_array_index(cases, i), KIT_ALL);
	}
}

int
main(int argc, char **argv)
{
	int rc;

	g_test_init(&argc, &argv, NULL);
	cases_read();
	g_test_add_func("/elements/cases", test_cases);
	g_test_add_func("/elements/coverage", test_coverage);
	g_test_add_func("/elements/explained", test_explained);
	g_test_add_func("/elements/holds", test_holds);
	g_test_add_func("/elements/random", test_random);
	g_test_add_func("/elements/failed", test_failed);
	rc = g_test_run();
	g_ptr_array_unref(cases);
	return rc;
}
