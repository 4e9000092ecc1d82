#include "reports/standing.h"

#include <string.h>

static const struct { const char *kind; enum standing standing; } kinds[] = {
	{ "doe", STANDING_DOE }, { "named", STANDING_NAMED },
	{ "dismissed", STANDING_DISMISSED },
	{ "plaintiff", STANDING_PLAINTIFF }, { "third_party", STANDING_USER },
	/* what logs say instead */
	{ "third party", STANDING_USER }, { "user", STANDING_USER },
	{ "investigator", STANDING_PLAINTIFF },
	{ "counsel", STANDING_PLAINTIFF },
};

gboolean
party_valid(const struct record *rec, const struct party *p)
{
	if (*rec->as_of == '\0')
		return TRUE;
	return strcmp(p->from, rec->as_of) <= 0 &&
	    (*p->to == '\0' || strcmp(rec->as_of, p->to) <= 0);
}

static enum standing
kind_standing(const char *kind)
{
	for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++)
		if (g_ascii_strcasecmp(kind, kinds[i].kind) == 0)
			return kinds[i].standing;
	return STANDING_UNKNOWN;
}

/* Without case, and blanks are as good as one. */
static gboolean
label_same(const char *a, const char *b)
{
	while (*a != '\0' || *b != '\0') {
		if (*a == ' ' && *b == ' ') {
			a += strspn(a, " ");
			b += strspn(b, " ");
			continue;
		}
		if (g_ascii_tolower(*a) != g_ascii_tolower(*b))
			return FALSE;
		a++;
		b++;
	}
	return TRUE;
}

/* Two rows may overlap by a day; a dismissal is never hidden by the other, in
 * whatever order they stand. */
const struct party *
party_find(const struct record *rec, const char *label)
{
	const struct party *first = NULL;

	for (guint i = 0; i < rec->parties->len; i++) {
		const struct party *p = g_ptr_array_index(rec->parties, i);

		if (!label_same(p->label, label) ||
		    !party_valid(rec, p))
			continue;
		if (kind_standing(p->kind) == STANDING_DISMISSED)
			return p;
		if (first == NULL)
			first = p;
	}
	return first;
}

gboolean
party_listed(const struct record *rec, const char *label)
{
	for (guint i = 0; i < rec->parties->len; i++) {
		const struct party *p = g_ptr_array_index(rec->parties, i);

		if (label_same(p->label, label))
			return TRUE;
	}
	return FALSE;
}

const struct party *
party_doe(const struct record *rec, const char *label)
{
	const struct party *p = *label != '\0' ? party_find(rec, label) : NULL;

	return p != NULL && kind_standing(p->kind) == STANDING_DOE ? p : NULL;
}

const struct party *
party_only_doe(const struct record *rec)
{
	const struct party *only = NULL;

	for (guint i = 0; i < rec->parties->len; i++) {
		const struct party *p = party_doe(rec, ((const struct party *)
		    g_ptr_array_index(rec->parties, i))->label);

		if (p == NULL || p == only)
			continue;
		if (only != NULL)
			return NULL;
		only = p;
	}
	return only;
}

/* The cell holds a label, or, where the table has none such, a kind. */
static enum standing
cell_standing(const struct record *rec, const char *cell,
    const struct party **who)
{
	*who = party_find(rec, cell);
	if (*who != NULL)
		return kind_standing((*who)->kind);
	return party_listed(rec, cell) ? STANDING_UNKNOWN : kind_standing(cell);
}

enum standing
standing_of(const struct record *rec, const struct activity *a,
    const struct party **who)
{
	enum standing party = STANDING_USER, doe;

	*who = NULL;
	if (*a->is->party != '\0')
		party = cell_standing(rec, a->is->party, who);
	if (*a->is->doe == '\0')
		return party == STANDING_DOE && *who == NULL ?
		    STANDING_UNKNOWN : party;
	if (*a->is->party != '\0' && party != STANDING_DOE)
		return party;
	*who = party_find(rec, a->is->doe);
	doe = *who != NULL ? kind_standing((*who)->kind) : STANDING_UNKNOWN;
	return doe;
}
