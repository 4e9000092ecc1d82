#include "reports/adverse.h"
#include "reports/assess_page.h"
#include "reports/judge.h"
#include "reports/overlay.h"
#include "reports/view.h"
#include "reports/words.h"

/*
 * The assessment for a person: what is adverse first, then factor by factor
 * what stands where, what is missing and who could supply it; -v adds every
 * finding with its label and notes.  No factor has a verdict: each ends in one
 * of two sentences.
 */

enum {
	LISTED = 4,	/* missing things and suppliers listed a factor */
	AT_IDS = 11,	/* where identifiers begin: "  INSUF    " */
};

static enum ink
ink_of(enum status status)
{
	if (status == ST_ADV)
		return INK_RED;
	if (status == ST_CONF || status == ST_NC || status == ST_STALE)
		return INK_YELLOW;
	return INK_PLAIN;
}

const struct finding *
page_finding(const struct page *p, guint i)
{
	return g_ptr_array_index(p->r->findings, i);
}

/* ---- records ---------------------------------------------------------------- */

void
page_record(GString *out, const struct page *p, const struct pointer *x,
    guint *n)
{
	g_autofree char *word = x->run == NULL ? pointer_text(x) :
	    p->r->rec->runs->len > 1 ?
	    g_strdup_printf("%s:%" G_GUINT64_FORMAT, x->run->name, x->n) :
	    g_strdup_printf("%" G_GUINT64_FORMAT, x->n);
	g_auto(GStrv) have = g_strsplit(out->str, ",", -1);

	for (char **h = have; *h != NULL; h++)
		g_strchug(*h);
	if ((x->run != NULL && x->n == 0) ||
	    g_strv_contains((const char *const *)have, word))
		return;
	/* Long ones part at the end of a line. */
	if ((*n)++ < PAGE_RECORDS)
		g_string_append_printf(out, "%s%s", out->len == 0 ? "" :
		    strchr(word, ':') != NULL ? ", " : ",", word);
}

/* " rec 12,26", or nothing. */
char *
page_records(const struct page *p, const struct finding *f)
{
	g_autoptr(GString) list = g_string_new(NULL);
	const GArray *sides[] = { f->for_, f->against };
	guint n = 0;

	for (size_t s = 0; s < G_N_ELEMENTS(sides); s++)
		for (guint i = 0; i < sides[s]->len; i++)
			page_record(list, p,
			    &g_array_index(sides[s], struct pointer, i), &n);
	if (n == 0)
		return g_strdup("");
	if (n > PAGE_RECORDS)
		g_string_append_printf(list, " +%u", n - PAGE_RECORDS);
	return g_strdup_printf("  rec %s", list->str);
}

/* ---- adverse first ------------------------------------------------------------ */

void
page_line(struct page *p, enum status status, const char *id, const char *text,
    const char *records)
{
	g_autofree char *words = g_strconcat(text, records, NULL);

	g_string_append(p->s.out, "  ");
	screen_ink(&p->s, ink_of(status), status_name(status));
	for (size_t w = strlen(status_name(status)) + 2; w < AT_IDS; w++)
		g_string_append_c(p->s.out, ' ');
	g_string_append_printf(p->s.out, "%-*s", PAGE_TEXT - AT_IDS, id);
	screen_wrap_at(&p->s, PAGE_TEXT, PAGE_TEXT, words);
}

const char *
page_note(const struct finding *f, guint i)
{
	return i < f->notes->len ? g_ptr_array_index(f->notes, i) : "";
}

/* Traps are of the papers: counted here, told below. */
static void
say_sprung(struct page *p)
{
	g_autofree char *line = NULL;
	guint sprung = 0;

	for (guint i = 0; i < p->r->findings->len; i++)
		sprung += words_trap_fires(page_finding(p, i)) ? 1 : 0;
	if (sprung == 0)
		return;
	line = g_strdup_printf("%u trap%s in the papers: below", PLURAL(sprung));
	page_line(p, ST_ADV, "T", line, "");
}

/* Of whom and of what the record holds nothing. */
static void
say_nothing_of(struct page *p)
{
	g_autofree char *unnamed = adverse_unnamed(p->r->rec, p->r->findings);
	g_autofree char *failed = adverse_failed(p->r->rec);

	if (unnamed != NULL)
		page_line(p, ST_NONE, "L-09", unnamed, "");
	if (failed != NULL)
		page_line(p, ST_NC, "S-01", failed, "");
}

static void
say_adverse(struct page *p)
{
	screen_ink(&p->s, INK_BOLD, "Adverse first");
	screen_end(&p->s);
	for (guint i = 0; i < p->r->findings->len; i++) {
		const struct finding *f = page_finding(p, i);
		g_autofree char *records = page_records(p, f);

		if (!f->adverse || f->element->kind == 'T')
			continue;
		page_line(p, ST_ADV, f->element->id, page_note(f, 0), records);
		if (f->status == ST_CONF || f->status == ST_STALE)
			page_line(p, f->status, f->element->id, page_note(f,
			    f->status == ST_CONF ? 1 : f->notes->len - 1), "");
	}
	for (guint i = 0; i < p->r->findings->len; i++) {
		const struct finding *f = page_finding(p, i);

		if (strcmp(f->element->id, "P-04") != 0)
			continue;
		page_line(p, f->status, "P-04", page_note(f, 0), "");
		break;
	}
	say_nothing_of(p);
	say_sprung(p);
}

/* ---- identifiers ----------------------------------------------------------------- */

/* Which of an element's findings have the status, of how many. */
static guint
count_of(const struct page *p, const struct element *e, int status, guint *all)
{
	guint n = 0;

	*all = 0;
	for (guint i = 0; i < p->r->findings->len; i++) {
		const struct finding *f = page_finding(p, i);

		if (f->element != e)
			continue;
		(*all)++;
		n += (int)f->status == status ||
		    (status == ST_ADV && f->adverse);
	}
	return n;
}

static gboolean
is_row(const struct element *e)
{
	return e->scope == SCOPE_ENTITY;
}

/* One line a status: the elements that have it; "2 of 3" where their scopes
 * differ. */
static void
say_statuses(struct page *p, enum factor factor)
{
	static const enum status order[] = { ST_ADV, ST_CONF, ST_STALE, ST_SUP,
		ST_PART, ST_INSUF, ST_NONE, ST_NC, ST_CO };

	for (size_t k = 0; k < G_N_ELEMENTS(order); k++) {
		g_autofree gboolean *set = g_new0(gboolean, elements_count);
		g_autoptr(GString) some = g_string_new(NULL);
		g_autofree char *ids = NULL;
		g_autofree char *text = NULL;

		for (size_t i = 0; i < elements_count; i++) {
			const struct element *e = &elements[i];
			guint all, n;

			if (e->factor != factor || is_row(e))
				continue;
			n = count_of(p, e, (int)order[k], &all);
			set[i] = n > 0 && n == all;
			if (n > 0 && n < all)
				g_string_append_printf(some, "%s%s (%u of %u)",
				    some->len > 0 ? ", " : "", e->id, n, all);
		}
		ids = elements_ids(set);
		text = g_strconcat(ids, *ids != '\0' && some->len > 0 ? ", " :
		    "", some->str, NULL);
		if (*text == '\0')
			continue;
		g_string_append(p->s.out, "  ");
		screen_ink(&p->s, ink_of(order[k]), status_name(order[k]));
		for (size_t w = strlen(status_name(order[k])) + 2; w < AT_IDS;
		    w++)
			g_string_append_c(p->s.out, ' ');
		screen_wrap_at(&p->s, AT_IDS, AT_IDS, text);
	}
}

/* ---- what is missing ---------------------------------------------------------------- */

static void
say_list(struct page *p, const char *head, const GPtrArray *list)
{
	guint show = p->r->verbose ? list->len : LISTED;

	for (guint i = 0; i < list->len && i < show; i++)
		screen_wrap(&p->s, i == 0 ? head : "", AT_IDS,
		    g_ptr_array_index(list, i));
	if (list->len > show) {
		g_autofree char *more = g_strdup_printf("(%u more: goodcause "
		    "assess -v)", list->len - show);

		screen_wrap(&p->s, "", AT_IDS, more);
	}
}

/* What somebody can supply, and who. */
static void
add_missing(const struct finding *f, guint k, GPtrArray *missing,
    GPtrArray *supply)
{
	enum supply by = g_array_index(f->supply, enum supply, k);

	if (by == SUPPLY_NOBODY)
		return;
	strings_add(missing, g_ptr_array_index(f->missing, k));
	strings_add(supply, supply_says(by));
}

/* Ends a factor: gaps, who supplies them, and one of the two sentences. */
static void
say_missing(struct page *p, enum factor factor)
{
	g_autoptr(GPtrArray) missing = g_ptr_array_new();
	g_autoptr(GPtrArray) supply = g_ptr_array_new();
	gboolean gap = FALSE;

	for (guint i = 0; i < p->r->findings->len; i++) {
		const struct finding *f = page_finding(p, i);

		if (f->element->factor != factor ||
		    !words_status[f->status].gap)
			continue;
		gap = TRUE;
		for (guint k = 0; k < f->missing->len; k++)
			add_missing(f, k, missing, supply);
	}
	say_list(p, "  missing", missing);
	say_list(p, "  supply", supply);
	screen_wrap(&p->s, "  ", 2, gap ? words_gaps : words_no_gap);
}

/* ---- all of it ------------------------------------------------------------------------------ */

/* "000001 to 000365, 000367": runs that follow one another are not listed. */
static void
add_runs(GString *to, const GPtrArray *runs)
{
	guint told = 0;

	for (guint i = 0; i < runs->len;) {
		const struct run *first = g_ptr_array_index(runs, i), *last;
		guint n = 0;

		do {
			last = g_ptr_array_index(runs, i);
			told += last->told ? 1 : 0;
			n++;
		} while (++i < runs->len && ((const struct run *)
		    g_ptr_array_index(runs, i))->number == last->number + 1 &&
		    last->number > 0);
		g_string_append_printf(to, "%s%s", to->len > 0 ? ", " : "",
		    first->name);
		if (n > 1)
			g_string_append_printf(to, "%s%s", n > 2 ? " to " :
			    ", ", last->name);
	}
	if (told > 0)
		g_string_append_printf(to, "; %u of them say%s what the runs "
		    "before and after %s say, which stand for %s", told,
		    told == 1 ? "s" : "", told == 1 ? "it" : "them",
		    told == 1 ? "it" : "them");
}

static void
say_withdrawn(struct page *p)
{
	for (guint i = 0; i < p->r->rec->withdrawn->len; i++) {
		const struct import *m = p->r->rec->withdrawn->pdata[i];
		g_autofree char *line = g_strdup_printf("Withdrawn, and counted "
		    "for nothing: %s (%s, %s), on %.10s%s%s: %s", m->id,
		    m->exhibit, m->file, m->withdrawn, *m->withdrawn_by != '\0' ?
		    " by " : "", m->withdrawn_by, m->withdrawn_why);

		screen_wrap(&p->s, "", 0, line);
	}
}

static void
say_head(struct page *p)
{
	const struct record *rec = p->r->rec;
	g_autoptr(GString) runs = g_string_new(NULL);
	g_autofree char *line = NULL;

	add_runs(runs, rec->runs);
	if (*rec->title != '\0')
		screen_wrap(&p->s, "", 0, rec->title);
	line = g_strdup_printf("As of %s%s%s. %s %s. Rules %s (%s).",
	    *rec->as_of != '\0' ? rec->as_of : "no date",
	    *rec->known_at != '\0' ? ", known at " : "", rec->known_at,
	    rec->runs->len == 1 ? "Run" : "Runs",
	    rec->runs->len > 0 ? runs->str : "none", RULES_VERSION, RULES_DATE);
	screen_wrap(&p->s, "", 0, line);
	screen_wrap(&p->s, "", 0, words_worksheet_short);
	if (rec->standalone)
		screen_wrap(&p->s, "", 0, "A run folder by itself: network "
		    "roles only; no table of a case is in the record.");
	say_withdrawn(p);
	g_string_append_c(p->s.out, '\n');
}

static void
say_factor(struct page *p, enum factor factor)
{
	const char *state = *p->r->rec->forum != '\0' ? p->r->rec->forum :
	    "state";

	screen_ink(&p->s, INK_BOLD, factor_title(factor));
	screen_end(&p->s);
	if (factor == FACTOR_3) {
		page_forums(p, state);
	} else {
		if (factor == FACTOR_4)
			page_entities(p);
		say_statuses(p, factor);
	}
	page_findings(p, factor);
	if (factor != FACTOR_SETTING && factor != FACTOR_TRAPS)
		say_missing(p, factor);
}

/* Traps that fire, then how many need a paper that is not in the record. */
static void
say_traps(struct page *p)
{
	guint traps = 0, open = 0;
	g_autofree char *line = NULL;

	for (guint i = 0; i < p->r->findings->len; i++) {
		const struct finding *f = page_finding(p, i);
		g_autofree char *records = page_records(p, f);

		if (f->element->kind != 'T')
			continue;
		traps++;
		open += f->status == ST_NC;
		if (words_trap_fires(f))
			page_line(p, f->status, f->element->id, f->notes->len >
			    0 ? page_note(f, 0) : f->element->label, records);
	}
	line = g_strdup_printf("%u of %u traps need a motion to compare: "
	    "goodcause lint MOTION", open, traps);
	if (open > 0)
		screen_wrap(&p->s, "  ", 2, line);
}

/* "K-15 to K-18" of "K-15 K-16 K-17 K-18". */
static char *
beside_ids(const char *spaced)
{
	g_autofree gboolean *set = g_new0(gboolean, elements_count);

	for (size_t i = 0; i < elements_count; i++)
		set[i] = word_in(spaced, elements[i].id);
	return elements_ids(set);
}

/* Later authority: what fired, why, and what stands against it; -v prints all
 * of it. */
static void
say_overlays(struct page *p)
{
	const GPtrArray *notes = p->r->overlays;

	if (notes == NULL || notes->len == 0)
		return;
	g_string_append_c(p->s.out, '\n');
	screen_ink(&p->s, INK_BOLD, "Later authority");
	g_string_append(p->s.out, "  table of " RULES_DATE "; beside which "
	    "elements; no status changes\n");
	for (guint i = 0; i < notes->len; i++) {
		const struct overlay_note *n = notes->pdata[i];
		g_autofree char *all = overlay_text(n);
		g_autofree char *ids = beside_ids(n->row->beside);
		g_autofree char *brief = g_strdup_printf("%s (%s; %s)",
		    n->row->authority, ids, verified_name(n->row->verified));

		g_string_append_printf(p->s.out, "  %-14s", n->row->id);
		screen_wrap_at(&p->s, 16, 16, p->r->verbose ? all : brief);
	}
}

void
render_assess_text(const struct report *r, GString *out)
{
	static const enum factor order[] = { FACTOR_1, FACTOR_2, FACTOR_3,
		FACTOR_4, FACTOR_TRAPS, FACTOR_SETTING };
	struct page p = { .s = { out, r->columns, r->colour }, .r = r };
	struct sight own = { .rec = NULL };

	if (r->sight == NULL)
		sight_init(&own, r->rec);
	p.sight = r->sight != NULL ? r->sight : &own;
	say_head(&p);
	say_adverse(&p);
	for (size_t i = 0; i < G_N_ELEMENTS(order); i++) {
		g_string_append_c(out, '\n');
		say_factor(&p, order[i]);
		if (order[i] == FACTOR_TRAPS)
			say_traps(&p);
	}
	say_overlays(&p);
	g_string_append_c(out, '\n');
	if (p.sight->by_role[ROLE_DOE_ACTIVITY] == 0)
		screen_wrap(&p.s, "", 0, words_host);
	screen_wrap(&p.s, "", 0, words_rules);
	if (r->sight == NULL)
		sight_clear(&own);
}
