#include "reports/repeat.h"

#include <stddef.h>
#include <string.h>

#include "reports/keyed.h"

#define NOT_COMPARED	(ROW_MALFORMED | ROW_DUPLICATE | ROW_IP_BAD | \
			ROW_IP_RANGE)
#define TEXTS		10

/* What a row of each table begins with. */
struct head { uint32_t row, faults; };

/* Texts of a row; when is the one that counts only where no time was read. */
static const struct layout {
	size_t	 texts, text[TEXTS];
	size_t	 time, when;		/* 0: none */
	size_t	 ip, port;
	size_t	 said;			/* where its texts are, or 0: in the row */
} layouts[IMPORT_KINDS] = {
#define AT(type, member) offsetof(struct type, member)
	[IMPORT_ACTIVITY] = { 5, { AT(activity_said, doe),
	    AT(activity_said, act), AT(activity_said, work),
	    AT(activity_said, source), AT(activity_said, party) }, .said = AT(activity, is),
	    .time = AT(activity, time), .when = AT(activity, when),
	    .ip = AT(activity, ip), .port = AT(activity, port) },
	[IMPORT_NUMBERS] = { 9, { AT(number, measure), AT(number, place),
	    AT(number, period_start), AT(number, period_end),
	    AT(number, value), AT(number, unit), AT(number, source),
	    AT(number, method), AT(number, scope) } },
	[IMPORT_ADS] = { 6, { AT(ad, vantage), AT(ad, place_shown),
	    AT(ad, advertiser), AT(ad, text), AT(ad, about_place),
	    AT(ad, source) }, .time = AT(ad, time), .when = AT(ad, when) },
	[IMPORT_GEOLOCATION] = { 8, { AT(geolocation, address),
	    AT(geolocation, database), AT(geolocation, build),
	    AT(geolocation, looked_up), AT(geolocation, place),
	    AT(geolocation, radius_km), AT(geolocation, declarant),
	    AT(geolocation, source) } },
	[IMPORT_HISTORY] = { 6, { AT(history, subject), AT(history, type),
	    AT(history, value), AT(history, first_seen),
	    AT(history, last_seen), AT(history, source) } },
#undef AT
};

static const char *
text_at(const char *row, size_t at)
{
	const char *text;

	memcpy(&text, row + at, sizeof(text));
	return text;
}

/* Where the texts of a row are. */
static const char *
texts_of(const struct layout *l, const char *row)
{
	return l->said != 0 ? text_at(row, l->said) : row;
}

static int64_t
time_at(const struct layout *l, const char *row)
{
	int64_t us = TIME_UNKNOWN;

	if (l->time != 0)
		memcpy(&us, row + l->time, sizeof(us));
	return us;
}

/* ---- a table of rows, by what they say ------------------------------------------ */

/* What a row's hash is made of: its time, address and port, and a hash each of
 * its texts, because equal texts of two files are two pointers. */
struct summary {
	int64_t		 time;
	struct inet	 ip;
	uint16_t	 port;
	uint64_t	 text[TEXTS];
};

static uint64_t
hash_text(const struct hash_key *key, const char *text)
{
	return *text == '\0' ? 0 : hash_keyed(key, text, strlen(text));
}

static uint64_t
hash_of(const struct layout *l, const struct hash_key *key, const char *row)
{
	const char *texts = texts_of(l, row);
	struct summary s;
	size_t n = l->texts;

	memset(&s, 0, sizeof(s));
	s.time = time_at(l, row);
	for (size_t i = 0; i < n; i++)
		s.text[i] = hash_text(key, text_at(texts, l->text[i]));
	if (l->when != 0 && s.time == TIME_UNKNOWN)
		s.text[n++] = hash_text(key, text_at(row, l->when));
	if (l->ip != 0) {
		memcpy(&s.ip, row + l->ip, sizeof(s.ip));
		memcpy(&s.port, row + l->port, sizeof(s.port));
	}
	return hash_keyed(key, &s, offsetof(struct summary, text) +
	    n * sizeof(s.text[0]));
}

static gboolean
is_same(const struct layout *l, const char *a, const char *b)
{
	const char *of_a = texts_of(l, a), *of_b = texts_of(l, b);
	int64_t us = time_at(l, a);

	if (us != time_at(l, b) || (l->ip != 0 && (memcmp(a + l->ip, b +
	    l->ip, sizeof(struct inet)) != 0 || memcmp(a + l->port, b +
	    l->port, sizeof(uint16_t)) != 0)))
		return FALSE;
	for (size_t i = 0; i < l->texts; i++)
		if (strcmp(text_at(of_a, l->text[i]), text_at(of_b,
		    l->text[i])) != 0)
			return FALSE;
	return l->when == 0 || us != TIME_UNKNOWN ||
	    strcmp(text_at(a, l->when), text_at(b, l->when)) == 0;
}

/* file and row are places + 1; 0: free. */
struct slot { uint32_t tag, file, row; };

struct table {
	const struct layout *l;
	struct hash_key	 key;
	const GPtrArray	*imports;
	struct slot	*slots;
	size_t		 mask;
};

static char *
row_of(const struct import *m, guint i)
{
	return m->rows->data + (size_t)i *
	    g_array_get_element_size(m->rows);
}

static struct slot *
slot_find(const struct table *t, const char *row, uint64_t hash)
{
	size_t at = (size_t)hash & t->mask;
	struct slot *s;

	for (; (s = &t->slots[at])->file != 0; at = (at + 1) & t->mask)
		if (s->tag == (uint32_t)(hash >> 32) && is_same(t->l,
		    row_of(t->imports->pdata[s->file - 1], s->row - 1), row))
			break;
	return s;
}

static void
mark(struct import *m, struct head *head, const struct import *of,
    uint32_t of_row)
{
	struct repeat p = { head->row, of_row, of };

	if (m->repeats == NULL)
		m->repeats = g_array_new(FALSE, FALSE, sizeof(p));
	g_array_append_val(m->repeats, p);
	head->faults |= ROW_DUPLICATE;
	m->counted--;
}

static void
take_file(struct table *t, guint file)
{
	struct import *m = t->imports->pdata[file];

	for (guint i = 0; i < m->rows->len; i++) {
		char *row = row_of(m, i);
		struct head *head = (struct head *)(void *)row;
		uint64_t hash;
		struct slot *s;

		if ((head->faults & NOT_COMPARED) != 0)
			continue;
		hash = hash_of(t->l, &t->key, row);
		s = slot_find(t, row, hash);
		if (s->file == 0)
			*s = (struct slot){ (uint32_t)(hash >> 32), file + 1,
			    i + 1 };
		else if (s->file != file + 1)
			mark(m, head, t->imports->pdata[s->file - 1], s->row);
	}
}

/* ---- all of them ---------------------------------------------------------------- */

static void
mark_kind(GPtrArray *imports, enum import_kind kind)
{
	struct table t = { .l = &layouts[kind], .imports = imports };
	size_t rows = 0, size = 1024;
	guint files = 0;

	for (guint i = 0; i < imports->len; i++) {
		const struct import *m = imports->pdata[i];

		if (m->kind != kind || m->rows->len == 0)
			continue;
		files++;
		rows += m->rows->len;
	}
	if (files < 2)
		return;
	while (size < rows * 2)
		size *= 2;
	hash_key_of_imports(&t.key, imports);
	t.mask = size - 1;
	t.slots = g_new0(struct slot, size);
	for (guint i = 0; i < imports->len; i++)
		if (((const struct import *)imports->pdata[i])->kind == kind)
			take_file(&t, i);
	g_free(t.slots);
}

void
repeats_mark(GPtrArray *imports)
{
	for (int kind = 0; kind < IMPORT_KINDS; kind++)
		if (layouts[kind].texts > 0)
			mark_kind(imports, (enum import_kind)kind);
}

const struct repeat *
repeat_find(const struct import *m, uint32_t row)
{
	guint lo = 0, hi = m->repeats != NULL ? m->repeats->len : 0;

	while (lo < hi) {
		guint mid = lo + (hi - lo) / 2;
		const struct repeat *p = &g_array_index(m->repeats,
		    struct repeat, mid);

		if (p->row == row)
			return p;
		if (p->row < row)
			lo = mid + 1;
		else
			hi = mid;
	}
	return NULL;
}
