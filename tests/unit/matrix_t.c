/*
 * Factor 4: every facet of an entity rests on what is about that entity, and on
 * nothing else (L-09).
 */

#include <string.h>

#include "reports/matrix.h"
#include "tests/unit/recordkit.h"

struct built {
	GPtrArray	*findings, *notes;
	struct matrix	 m;
};

static void
build(struct built *b, const struct kit *k)
{
	b->findings = showing_assess(k->rec);
	b->notes = overlays_of(k->rec, b->findings);
	matrix_init(&b->m, k->rec, NULL, b->findings, b->notes);
}

static void
clear(struct built *b)
{
	matrix_clear(&b->m);
	g_ptr_array_unref(b->notes);
	g_ptr_array_unref(b->findings);
}

static const struct matrix_row *
row_of(const struct built *b, const char *name)
{
	for (guint i = 0; i < b->m.rows->len; i++) {
		const struct matrix_row *r = b->m.rows->pdata[i];

		if (strcmp(r->e->name, name) == 0)
			return r;
	}
	return NULL;
}

static enum status
status_of(const struct built *b, const char *name, enum facet_kind facet)
{
	return row_of(b, name)->facets[facet].status;
}

static void
set(char **to, const char *s)
{
	g_free(*to);
	*to = g_strdup(s);
}

/* A message of an entity, whose words are of the class. */
static struct import *
add_mail(struct kit *k, const char *entity, enum reply_class klass,
    const char *words)
{
	struct import *m = import_new(IMPORT_MAIL);
	struct reply_words *w = g_new0(struct reply_words, 1);

	m->number = k->rec->imports->len + 1;
	g_free(m->id);
	m->id = g_strdup_printf("I-%04u", m->number);
	set(&m->exhibit, "J-1");
	set(&m->entity, entity);
	m->mail = mail_new();
	m->mail->whose = MAIL_FROM_PROVIDER;
	set(&m->mail->date, "2026-10-01T08:00:00Z");
	w->klass = klass;
	w->text = g_strdup(words);
	w->offset = 412;
	w->len = strlen(words);
	g_ptr_array_add(m->mail->words, w);
	g_ptr_array_add(k->rec->imports, m);
	return m;
}

/* The order's own record: two in a role, two named nowhere, none asked. */
static void
test_bare(void)
{
	struct kit k;
	struct built b;

	kit_popcorn(&k, 0);
	build(&b, &k);
	g_assert_cmpint(status_of(&b, "LiteServer B.V.", FACET_ROLE), ==,
	    ST_SUP);
	g_assert_cmpint(status_of(&b, "LiteServer B.V.", FACET_DATE), ==,
	    ST_SUP);
	g_assert_cmpint(status_of(&b, "LiteServer B.V.", FACET_DATA_HELD), ==,
	    ST_NONE);
	g_assert_cmpint(status_of(&b, "LiteServer B.V.", FACET_STATEMENT), ==,
	    ST_NONE);
	g_assert_cmpint(status_of(&b, "LiteServer B.V.", FACET_ROUTE), ==,
	    ST_CO);
	g_assert_cmpint(status_of(&b, "ISNIC", FACET_ROLE), ==, ST_NONE);
	g_assert_cmpint(status_of(&b, "ISNIC", FACET_DATE), ==, ST_NONE);
	g_assert_cmpint(row_of(&b, "LiteServer B.V.")->current, ==,
	    CURRENT_YES);
	g_assert_nonnull(strstr(row_of(&b, "ISNIC")->facets[FACET_ROUTE].
	    text->str, "R-IS"));
	g_assert_null(strstr(row_of(&b, "ISNIC")->facets[FACET_ROUTE].
	    text->str, "R-NL"));
	clear(&b);
	kit_clear(&k);
}

static const struct {
	enum reply_class klass;
	enum status	 held;
} classes[] = {
	{ REPLY_STATES_DATA_HELD, ST_SUP },
	{ REPLY_STATES_RETENTION, ST_PART },
	{ REPLY_REFUSED_ABSENT_LOCAL_ORDER, ST_INSUF },
	{ REPLY_FORWARDED_ONLY, ST_INSUF },
	{ REPLY_OTHER, ST_NONE },
};

static void
test_classes(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(classes); i++) {
		struct kit k;
		struct built b;

		kit_popcorn(&k, 0);
		add_mail(&k, "LiteServer", classes[i].klass, "the words");
		build(&b, &k);
		g_assert_cmpint(status_of(&b, "LiteServer B.V.",
		    FACET_DATA_HELD), ==, classes[i].held);
		g_assert_cmpint(status_of(&b, "LiteServer B.V.",
		    FACET_STATEMENT), ==, ST_SUP);
		clear(&b);
		kit_clear(&k);
	}
}

/* The best of what was said stands; each word keeps its place. */
static void
test_words(void)
{
	const struct facet *f;
	struct kit k;
	struct built b;

	kit_popcorn(&k, 0);
	add_mail(&k, "LiteServer B.V.", REPLY_FORWARDED_ONLY, "forwarded");
	add_mail(&k, "LiteServer B.V.", REPLY_STATES_DATA_HELD, "we hold");
	build(&b, &k);
	f = &row_of(&b, "LiteServer B.V.")->facets[FACET_DATA_HELD];
	g_assert_cmpint(f->status, ==, ST_SUP);
	g_assert_cmpuint(f->words->len, ==, 2);
	g_assert_cmpstr(g_array_index(f->words, struct facet_words, 1).text,
	    ==, "we hold");
	g_assert_cmpuint(g_array_index(f->words, struct facet_words, 1).offset,
	    ==, 412);
	clear(&b);
	kit_clear(&k);
}

/* A request that we sent, an automatic answer: no statement of the entity. */
static void
test_requests(void)
{
	struct import *m;
	struct kit k;
	struct built b;

	kit_popcorn(&k, 0);
	m = add_mail(&k, "ISNIC", REPLY_STATES_DATA_HELD, "we hold");
	m->mail->automatic = TRUE;
	m = add_mail(&k, "IPSERVER LP", REPLY_OTHER, "please tell us");
	m->mail->whose = MAIL_FROM_OTHER;
	build(&b, &k);
	g_assert_cmpint(status_of(&b, "ISNIC", FACET_STATEMENT), ==, ST_PART);
	g_assert_cmpint(status_of(&b, "ISNIC", FACET_DATA_HELD), ==, ST_NONE);
	g_assert_cmpint(status_of(&b, "IPSERVER LP", FACET_STATEMENT), ==,
	    ST_PART);
	clear(&b);
	kit_clear(&k);
}

static void
same_facet(const struct facet *a, const struct facet *b)
{
	g_assert_cmpint(a->status, ==, b->status);
	g_assert_cmpstr(a->text->str, ==, b->text->str);
	g_assert_cmpuint(a->pointers->len, ==, b->pointers->len);
	g_assert_cmpuint(a->words->len, ==, b->words->len);
}

/* A role, a message, terms and a document of one entity; all other rows, and
 * the findings about them, stay as they were. */
static void
test_alone(void)
{
	static const char *const others[] = { "ISNIC", "Instra Corporation",
		"IPSERVER LP", "Cloudflare, Inc.", "Google LLC" };
	static const char *const ids[] = { "L-01", "L-04", "L-06", "L-09" };
	struct kit with, without;
	struct built a, b;

	kit_popcorn(&with, 0);
	kit_popcorn(&without, 0);
	add_mail(&with, "LiteServer B.V.", REPLY_STATES_DATA_HELD, "we hold");
	build(&a, &with);
	build(&b, &without);
	for (size_t i = 0; i < G_N_ELEMENTS(others); i++) {
		for (int f = 0; f < FACETS; f++)
			same_facet(&row_of(&a, others[i])->facets[f],
			    &row_of(&b, others[i])->facets[f]);
		for (size_t k = 0; k < G_N_ELEMENTS(ids); k++)
			g_assert_cmpint(matrix_finding(a.findings, ids[k],
			    others[i])->status, ==, matrix_finding(b.findings,
			    ids[k], others[i])->status);
	}
	g_assert_cmpint(status_of(&a, "LiteServer B.V.", FACET_DATA_HELD), !=,
	    status_of(&b, "LiteServer B.V.", FACET_DATA_HELD));
	clear(&a);
	clear(&b);
	kit_clear(&with);
	kit_clear(&without);
}

/* A document counts where an IMPORTED statement quotes it; a belief does not. */
static void
test_document(void)
{
	static const struct { enum fact_type type; enum status want; } rows[] = {
		{ IMPORTED, ST_SUP }, { BELIEF, ST_NONE },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		struct kit k;
		struct built b;
		struct import *m = import_new(IMPORT_DOCUMENT);
		struct statement *s;

		kit_popcorn(&k, 0);
		set(&m->id, "I-0001");
		set(&m->exhibit, "Q-1");
		set(&m->entity, "ISNIC");
		g_ptr_array_add(k.rec->imports, m);
		kit_statement(&k, rows[i].type, "registrants are verified");
		s = k.rec->statements->pdata[0];
		set(&s->source, "I-0001");
		build(&b, &k);
		g_assert_cmpint(status_of(&b, "ISNIC", FACET_PRACTICE), ==,
		    rows[i].want);
		clear(&b);
		kit_clear(&k);
	}
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/matrix/bare", test_bare);
	g_test_add_func("/matrix/classes", test_classes);
	g_test_add_func("/matrix/words", test_words);
	g_test_add_func("/matrix/requests", test_requests);
	g_test_add_func("/matrix/alone", test_alone);
	g_test_add_func("/matrix/document", test_document);
	return g_test_run();
}
