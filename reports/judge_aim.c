#include "reports/judge.h"
#include "reports/quoted.h"

/*
 * Factor 3, what rests on other elements: J-09 and K-05.  Facts of the kinds that
 * the order would count raise them; where there is none, facts that it found not
 * sufficient are said to be all there is.
 */

/* counted: ids whose facts are of the kinds that count; seen: of the others. */
struct sum { guint whole, part, not_enough, open; GString *counted, *seen; };

/* That nobody imported a capture of the application leaves nothing open here: no
 * question was asked that failed. */
static void
sum_add(struct finding *f, const char *id, struct sum *n)
{
	enum status s = judge_also(f, id);

	n->whole += s == ST_SUP;
	n->part += s == ST_PART || s == ST_CONF;
	n->not_enough += s == ST_INSUF;
	n->open += s == ST_NC && strcmp(id, "J-29") != 0;
	if (s == ST_SUP || s == ST_PART || s == ST_CONF)
		list_add(n->counted, id);
	else if (s == ST_INSUF)
		list_add(n->seen, id);
}

static void
sum_clear(struct sum *n)
{
	g_string_free(n->counted, TRUE);
	g_string_free(n->seen, TRUE);
}

static void
sum_of(struct finding *f, const char *const *ids, size_t n, struct sum *sum)
{
	*sum = (struct sum){ .counted = g_string_new(NULL),
	    .seen = g_string_new(NULL) };
	for (size_t i = 0; i < n; i++)
		sum_add(f, ids[i], sum);
}

/* Nothing that would count: is it that it is not enough, or open, or nothing?
 * Where no run is in the record, nothing was asked that might have failed. */
static void
not_counted(struct finding *f, const struct sum *n, const char *missing)
{
	const struct record *rec = f->sight->rec;

	finding_missing(f, "%s", missing);
	if (n->not_enough > 0) {
		f->status = ST_INSUF;
		finding_note(f, "only facts of kinds found not sufficient: %s",
		    n->seen->str);
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
counted(struct finding *f, const struct sum *n, gboolean whole,
    const char *missing)
{
	f->status = whole ? ST_SUP : ST_PART;
	finding_note(f, "facts of the kinds that the order would count are in "
	    "the record: %s; what they come to is for counsel and the court",
	    n->counted->str);
	if (!whole)
		finding_missing(f, "%s", missing);
}

/*
 * A page that merely posts, or gives and takes nothing, is as if it were not there
 * (J-11, Cybersell); a site with which users exchange information is of the kind
 * found not sufficient where it is merely accessible (J-20).
 */
static void
add_pages(struct finding *f, struct sum *n)
{
	struct sum aside = { .counted = n->counted, .seen = n->seen };
	enum status exchange = judge_also(f, "J-12");

	if (exchange == ST_SUP)
		sum_add(f, "J-20", n);
	else
		sum_add(f, "J-11", &aside);
	n->open += exchange == ST_NC;
	if (aside.not_enough > 0) {
		finding_note(f, "pages in the record merely post; they count "
		    "for nothing here (J-11)");
		g_string_truncate(n->seen, 0);
	}
}

void
judge_aiming(const struct record *rec, struct finding *f)
{
	static const char *const count[] = { "J-21", "J-22", "J-23", "J-24",
		"J-25", "J-26" };
	static const char *const not[] = { "J-16", "J-27", "J-28", "J-29" };
	static const char missing[] = "facts of the kinds at J-21 to J-26 and "
		"J-30";
	struct sum n;

	(void)rec;
	sum_of(f, count, G_N_ELEMENTS(count), &n);
	if (n.whole + n.part > 0) {
		counted(f, &n, judge_also(f, "J-30") == ST_SUP ||
		    n.whole >= G_N_ELEMENTS(count) - 1, missing);
		sum_clear(&n);
		return;
	}
	add_pages(f, &n);
	for (size_t i = 0; i < G_N_ELEMENTS(not); i++)
		sum_add(f, not[i], &n);
	not_counted(f, &n, missing);
	sum_clear(&n);
}

/* Users or downloads, and a channel or aim: both for SUP.  A VPN aimed there, and
 * an explanation why providers there were chosen, are facts of direction too. */
void
judge_us_direction(const struct record *rec, struct finding *f)
{
	static const char *const users[] = { "K-06", "K-10" };
	static const char *const aim[] = { "K-11", "J-30", "J-21", "J-23",
		"J-26", "K-14", "K-15" };
	static const char *const not[] = { "K-07", "K-08", "K-12", "K-14",
		"K-15", "K-17", "K-18", "J-29" };
	static const char missing[] = "facts of the kinds at K-06 to K-11";
	struct sum n, m;

	(void)rec;
	sum_of(f, users, G_N_ELEMENTS(users), &n);
	sum_of(f, aim, G_N_ELEMENTS(aim), &m);
	list_add(n.counted, m.counted->str);
	list_add(n.seen, m.seen->str);
	sum_clear(&m);
	if (n.whole + n.part + m.whole + m.part > 0) {
		counted(f, &n, n.whole > 0 && m.whole > 0, missing);
		sum_clear(&n);
		return;
	}
	n.open += m.open;
	add_pages(f, &n);
	for (size_t i = 0; i < G_N_ELEMENTS(not); i++)
		sum_add(f, not[i], &n);
	not_counted(f, &n, missing);
	sum_clear(&n);
}
