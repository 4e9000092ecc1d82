#include <string.h>

#include "reports/parts.h"

/*
 * Factor 3, what rests on other elements: J-09 and K-05.  Facts of the kinds that
 * the order would count raise them; where there is none, facts that it found not
 * sufficient are said to be all there is.
 */

/* Of elements with a fact of their own: whole, part. */
struct sum { guint whole, part, not_enough, open; };

/* That nobody imported a capture of the application leaves nothing open here: no
 * question was asked that failed. */
static void
sum_add(struct parts *p, const char *id, struct sum *n)
{
	const struct part *x = parts_take(p, id);

	n->whole += x->status == ST_SUP;
	n->part += part_raised(x) && x->status != ST_SUP && x->from == NULL;
	n->not_enough += x->status == ST_INSUF;
	n->open += x->status == ST_NC && strcmp(id, "J-29") != 0;
}

static struct sum
sum_of(struct parts *p, const char *const *ids, size_t n)
{
	struct sum sum = { 0 };

	for (size_t i = 0; i < n; i++)
		sum_add(p, ids[i], &sum);
	return sum;
}

/* Nothing that would count: is it that it is not enough, or open, or nothing?
 * Where no run is in the record, nothing was asked that might have failed. */
static void
not_counted(struct parts *p, const struct sum *n, const char *missing)
{
	struct finding *f = p->of;
	const struct record *rec = f->sight->rec;

	finding_missing(f, "%s", missing);
	if (n->not_enough > 0) {
		g_autofree char *seen = parts_list(p, FALSE);

		f->status = ST_INSUF;
		finding_note(f, "only facts of kinds found not sufficient: %s",
		    seen);
		parts_note_same(p, FALSE);
	} else if (n->open > 0 && rec->runs->len > 0) {
		f->status = ST_NC;
		finding_note(f, "not collected, or not answered: see the "
		    "elements of which it is made up");
	} else {
		f->status = ST_NONE;
		finding_note(f, "nothing in the record: no fact that counts, or "
		    "that was found not sufficient%s", rec->runs->len == 0 ?
		    "; no run is in the record" : "");
	}
}

static void
counted(struct parts *p, gboolean whole, const char *missing)
{
	struct finding *f = p->of;
	g_autofree char *list = parts_list(p, TRUE);

	f->status = whole ? ST_SUP : ST_PART;
	finding_note(f, "facts of the kinds that the order would count are in "
	    "the record: %s; what they come to is for counsel and the court",
	    list);
	parts_note_same(p, TRUE);
	if (!whole)
		finding_missing(f, "%s", missing);
}

/*
 * A page that merely posts, or gives and takes nothing, is as if it were not there
 * (J-11, Cybersell); a site with which users exchange information is of the kind
 * found not sufficient where it is merely accessible (J-20).
 */
static void
add_pages(struct parts *p, struct sum *n)
{
	enum status exchange = judge_also(p->of, "J-12");

	n->open += exchange == ST_NC;
	if (exchange == ST_SUP)
		sum_add(p, "J-20", n);
	else if (judge_also(p->of, "J-11") == ST_INSUF)
		finding_note(p->of, "pages in the record merely post; they "
		    "count for nothing here (J-11)");
}

void
judge_aiming(const struct record *rec, struct finding *f)
{
	static const char *const count[] = { "J-21", "J-22", "J-23", "J-24",
		"J-25", "J-26" };
	static const char *const not[] = { "J-16", "J-27", "J-28", "J-29" };
	static const char missing[] = "facts of the kinds at J-21 to J-26 and "
		"J-30";
	struct parts p;
	struct sum n;

	(void)rec;
	parts_init(&p, f);
	n = sum_of(&p, count, G_N_ELEMENTS(count));
	if (n.whole + n.part > 0) {
		counted(&p, judge_also(f, "J-30") == ST_SUP ||
		    n.whole >= G_N_ELEMENTS(count) - 1, missing);
	} else {
		add_pages(&p, &n);
		for (size_t i = 0; i < G_N_ELEMENTS(not); i++)
			sum_add(&p, not[i], &n);
		not_counted(&p, &n, missing);
	}
	parts_clear(&p);
}

/* Users or downloads, and a channel or aim: both for SUP.  A VPN aimed there, and
 * an explanation why providers there were chosen, are facts of direction too.
 * J-30 is made up of others, and stands behind them. */
void
judge_us_direction(const struct record *rec, struct finding *f)
{
	static const char *const users[] = { "K-06", "K-10" };
	static const char *const aim[] = { "K-11", "J-21", "J-23", "J-26",
		"K-14", "K-15", "J-30" };
	static const char *const not[] = { "K-07", "K-08", "K-12", "K-14",
		"K-15", "K-17", "K-18", "J-29" };
	static const char missing[] = "facts of the kinds at K-06 to K-11";
	struct parts p;
	struct sum n, m;

	(void)rec;
	parts_init(&p, f);
	n = sum_of(&p, users, G_N_ELEMENTS(users));
	m = sum_of(&p, aim, G_N_ELEMENTS(aim));
	if (n.whole + n.part + m.whole + m.part > 0) {
		counted(&p, n.whole > 0 && m.whole > 0, missing);
	} else {
		n.open += m.open;
		n.not_enough += m.not_enough;
		add_pages(&p, &n);
		for (size_t i = 0; i < G_N_ELEMENTS(not); i++)
			sum_add(&p, not[i], &n);
		not_counted(&p, &n, missing);
	}
	parts_clear(&p);
}
