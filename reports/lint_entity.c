/*
 * From whom data are sought, paper by paper (T-04): the entities of
 * entities.csv, and the companies that a paper names where it speaks of letters
 * or requests.  Names are compared as sight.h says.
 */

#include <string.h>

#include "reports/lint_priv.h"
#include "reports/sight.h"

#define NAMES_MOST	200
#define CASE_MOST	70u	/* bytes of the name behind "v." */

/* A name, then a legal form; "v." beside it makes it a case that is cited. */
#define FORM	"(?:B\\.?V\\.?|N\\.?V\\.?|LLC|L\\.L\\.C\\.|LLP|LP|L\\.P\\.|" \
		"Inc\\.?|Ltd\\.?|Limited|Corp\\.?|Corporation|GmbH|AG|SA|" \
		"S\\.A\\.|S\\.r\\.l\\.|ehf\\.?|hf\\.?|AB|ApS|A/S|Oy|Pty|PLC|plc|" \
		"SE|SARL|s\\.r\\.o\\.|OOO|Company|Co\\.)"
#define NAME	"[A-Z][\\w&'\\x{2019}.-]*(?:[ \\n](?:[A-Z0-9\\x{c0}-\\x{24f}]" \
		"[\\w&'\\x{2019}-]*|-|\\x{e1}|of|de|the)){0,6}?"
#define PATTERN	"(?<n>" NAME ",?[ \\n]" FORM "(?:[ \\n]" FORM ")?)(?![\\w])"

struct seen {
	char	*name;
	guint	 para;
	size_t	 at;
};

static void
seen_free(void *p)
{
	struct seen *s = p;

	g_free(s->name);
	g_free(s);
}

/* ---- which paragraphs speak of requests ----------------------------------------------------- */

static const char asking[] = "letter|letters|rogatory|request|requests|"
    "subpoena|subpoenas|seeks|sought|requested|discovery|addressed|directed";

static gboolean
asks(const struct motion *m, guint para)
{
	static const struct word_set none[] = { { NULL, NULL } };
	const struct block *b = &motion_para(m, para)->block;
	struct pattern *p;
	struct words w;
	gboolean is;

	words_init(&w, motion_text(m) + b->at, b->len);
	p = pattern_new(&w, asking, none);
	is = pattern_among(&w, p, 0, w.tokens->len);
	pattern_free(p);
	words_clear(&w);
	return is;
}

/* "2. Instra Corporation Pty Ltd.", as an item or as a paragraph of its own. */
static gboolean
is_item(const struct motion *m, guint para)
{
	const struct block *b = &motion_para(m, para)->block;

	return b->kind == BLOCK_ITEM || (b->len < 160 &&
	    lint_enumerator(motion_text(m) + b->at) > 0);
}

/* Items and cells belong to the paragraph above their list.  all: a proposed order
 * speaks of nothing but what is asked. */
static gboolean *
asking_paras(const struct motion *m, gboolean all)
{
	gboolean *is = g_new0(gboolean, m->paras->len + 1), last = all;

	for (guint i = 0; i < m->paras->len; i++) {
		if (motion_para(m, i)->block.kind != BLOCK_CELL &&
		    !is_item(m, i))
			last = all || asks(m, i);
		is[i] = last || asks(m, i);
	}
	return is;
}

/* ---- names ------------------------------------------------------------------------------------ */

/* "v. Brand Techs., Inc.": nothing but words of a name between. */
static gboolean
behind_versus(const char *s, size_t from)
{
	size_t least = from > CASE_MOST ? from - CASE_MOST : 0;

	for (size_t i = from; i-- > least + 2;) {
		if (strchr(";:()\"", s[i]) != NULL)
			return FALSE;
		if (s[i] == '.' && (s[i - 1] == 'v' || (s[i - 1] == 's' &&
		    s[i - 2] == 'v')) && g_ascii_isspace(s[i + 1]))
			return TRUE;
	}
	return FALSE;
}

/* ", 647 F.3d 1218", ", No. 1:26-cv-7", ", 2019 WL 7": a reporter or a docket. */
static gboolean
before_reporter(const char *s, size_t len, size_t to)
{
	size_t i = to, digits;

	i += i < len && s[i] == '.';
	if (i >= len || s[i] != ',')
		return FALSE;
	for (i++; i < len && g_ascii_isspace(s[i]); i++)
		;
	if (len - i > 4 && (strncmp(s + i, "No. ", 4) == 0 || strncmp(s + i,
	    "No.\n", 4) == 0))
		return TRUE;
	digits = i;
	while (i < len && g_ascii_isdigit(s[i]))
		i++;
	return i > digits && i + 1 < len && g_ascii_isspace(s[i]) &&
	    g_ascii_isupper(s[i + 1]);
}

static gboolean
of_a_case(const char *s, size_t len, size_t from, size_t to)
{
	size_t after = MIN(len, to + 6);

	return behind_versus(s, from) || before_reporter(s, len, to) ||
	    g_strstr_len(s + to, (gssize)(after - to), " v.") != NULL ||
	    g_strstr_len(s + to, (gssize)(after - to), "\nv.") != NULL ||
	    g_strstr_len(s + to, (gssize)(after - to), " vs.") != NULL;
}

static gboolean
known(const GPtrArray *names, const char *name)
{
	for (guint i = 0; i < names->len; i++) {
		const struct seen *s = g_ptr_array_index(names, i);

		if (entity_is(s->name, name) || entity_is(name, s->name))
			return TRUE;
	}
	return FALSE;
}

static gboolean
is_party(const struct record *rec, const char *name)
{
	for (guint i = 0; i < rec->parties->len; i++) {
		const struct party *p = g_ptr_array_index(rec->parties, i);

		if (entity_is(p->label, name))
			return TRUE;
	}
	return FALSE;
}

/* "Dutch Host Provider LiteServer B.V.": an entity whose words end the name. */
static const char *
trimmed(const struct record *rec, const char *name)
{
	for (const char *s = name; s != NULL; s = strchr(s + 1, ' ')) {
		const char *at = *s == ' ' ? s + 1 : s;

		for (guint i = 0; i < rec->entities->len; i++) {
			const struct entity *e = g_ptr_array_index(
			    rec->entities, i);

			if (entity_is(e->name, at))
				return e->name;
		}
	}
	return name;
}

static void
name_add(const struct lint *l, GPtrArray *names, const char *raw, guint para,
    size_t at)
{
	g_autofree char *flat = folded(raw, strlen(raw));
	const char *name = trimmed(l->rec, flat);
	struct seen *s;

	if (names->len >= NAMES_MOST || is_party(l->rec, name) ||
	    known(names, name) || strstr(flat, "Plaintiff") != NULL)
		return;
	s = g_new0(struct seen, 1);
	s->name = g_strdup(name);
	s->para = para;
	s->at = at;
	g_ptr_array_add(names, s);
}

static void
names_by_form(const struct lint *l, const struct motion *m, guint para,
    GRegex *form, GPtrArray *names)
{
	const struct block *b = &motion_para(m, para)->block;
	const char *s = motion_text(m) + b->at;
	g_autoptr(GMatchInfo) info = NULL;

	g_regex_match_full(form, s, (gssize)b->len, 0, 0, &info, NULL);
	while (g_match_info_matches(info)) {
		g_autofree char *raw = g_match_info_fetch_named(info, "n");
		int from = 0, to = 0;

		g_match_info_fetch_pos(info, 0, &from, &to);
		if (!of_a_case(s, b->len, (size_t)from, (size_t)to))
			name_add(l, names, raw, para, b->at + (size_t)from);
		g_match_info_next(info, NULL);
	}
}

/* The first word of an entity's name as a word of the paper: "ISNIC". */
static gssize
mention(const struct motion *m, const char *entity)
{
	g_auto(GStrv) words = g_strsplit(entity, " ", -1);
	const char *text = motion_text(m), *first = words[0];
	size_t n = first != NULL ? strlen(first) : 0;

	for (const char *p = text; n > 2 && (p = strstr(p, first)) != NULL; p++)
		if ((p == text || !g_ascii_isalnum(p[-1])) &&
		    !g_ascii_isalnum(p[n]))
			return p - text;
	return -1;
}

static gboolean
in_table(const struct record *rec, const char *name)
{
	for (guint i = 0; i < rec->entities->len; i++) {
		const struct entity *e = g_ptr_array_index(rec->entities, i);

		if (entity_is(e->name, name) || entity_is(name, e->name))
			return TRUE;
	}
	return FALSE;
}

struct listed { const struct lint *l; GPtrArray *names; guint para; size_t at; };

static void
listed_add(const char *name, void *arg)
{
	struct listed *x = arg;

	name_add(x->l, x->names, name, x->para, x->at);
}

/* Where an entity of the table stands in the paragraph: its neighbours in the list. */
static void
names_by_list(const struct lint *l, const struct motion *m, guint para,
    GPtrArray *names)
{
	const struct block *b = &motion_para(m, para)->block;
	g_autofree char *text = para_text(m, para);
	struct listed x = { l, names, para, b->at };

	for (guint i = 0; i < l->rec->entities->len; i++) {
		const struct entity *e = g_ptr_array_index(l->rec->entities, i);
		g_autofree char *first = g_strndup(e->name, strcspn(e->name,
		    " "));
		const char *at = strlen(first) > 2 ? strstr(text, first) : NULL;

		if (at != NULL && entity_named(e->name, text))
			lint_list_sentence(text, b->len, (size_t)(at - text),
			    listed_add, &x);
	}
}

/* Items one below the other of which one is an entity of the table. */
static guint
names_by_items(const struct lint *l, const struct motion *m, guint para,
    GPtrArray *names)
{
	guint end = para;
	gboolean is = FALSE;

	for (; end < m->paras->len && is_item(m, end); end++) {
		const struct block *b = &motion_para(m, end)->block;
		g_autofree char *name = lint_item_name(motion_text(m) + b->at,
		    b->len);

		is = is || (name != NULL && in_table(l->rec, name));
	}
	for (guint i = para; is && i < end; i++) {
		const struct block *b = &motion_para(m, i)->block;
		g_autofree char *name = lint_item_name(motion_text(m) + b->at,
		    b->len);

		if (name != NULL)
			name_add(l, names, name, i, b->at);
	}
	return end;
}

static GPtrArray *
names_of(const struct lint *l, const struct motion *m, GRegex *form,
    gboolean all)
{
	GPtrArray *names = g_ptr_array_new_with_free_func(seen_free);
	g_autofree gboolean *is = asking_paras(m, all);

	for (guint i = 0; i < l->rec->entities->len; i++) {
		const struct entity *e = g_ptr_array_index(l->rec->entities, i);
		gssize at = mention(m, e->name);

		if (at >= 0)
			name_add(l, names, e->name, 0, (size_t)at);
	}
	for (guint i = 0; i < m->paras->len; i++) {
		if (!is[i])
			continue;
		names_by_form(l, m, i, form, names);
		names_by_list(l, m, i, names);
	}
	for (guint i = 0; i < m->paras->len; i++)
		if (is[i] && is_item(m, i))
			i = MAX(i, names_by_items(l, m, i, names) - 1);
	return names;
}

/* ---- what differs ------------------------------------------------------------------------------- */

/* Entities of the table that the paper does not name, and the other way. */
static void
against_table(struct lint *l, const struct lint_check *c, enum paper paper,
    const GPtrArray *names)
{
	for (guint i = 0; i < l->rec->entities->len; i++) {
		const struct entity *e = g_ptr_array_index(l->rec->entities, i);

		if (!known(names, e->name))
			lint_add(l, c, paper, 0, "entities.csv:%u has %s, and "
			    "the %s does not name it", e->line, e->name,
			    paper_name(paper));
	}
	for (guint i = 0; i < names->len; i++) {
		const struct seen *s = g_ptr_array_index(names, i);

		if (!in_table(l->rec, s->name))
			lint_add(l, c, paper, s->at, "the %s names %s among "
			    "those asked, and entities.csv does not",
			    paper_name(paper), s->name);
	}
}

static void
against_motion(struct lint *l, const struct lint_check *c, enum paper paper,
    const GPtrArray *motion, const GPtrArray *other)
{
	for (guint i = 0; i < motion->len; i++) {
		const struct seen *s = g_ptr_array_index(motion, i);

		if (!known(other, s->name))
			lint_add(l, c, PAPER_MOTION, s->at, "the motion names "
			    "%s, and the %s does not", s->name,
			    paper_name(paper));
	}
	for (guint i = 0; i < other->len; i++) {
		const struct seen *s = g_ptr_array_index(other, i);

		if (!known(motion, s->name))
			lint_add(l, c, paper, s->at, "the %s names %s, and the "
			    "motion does not", paper_name(paper), s->name);
	}
}

static void
not_given(struct lint *l)
{
	if (l->rec->entities->len == 0)
		lint_unchecked(l, "entities against the table: entities.csv "
		    "is empty");
	if (l->paper[PAPER_DECLARATION] == NULL)
		lint_unchecked(l, "entities of the declaration: none was given "
		    "(--declaration FILE)");
	if (l->paper[PAPER_ORDER] == NULL)
		lint_unchecked(l, "entities of the proposed order: none was "
		    "given (--proposed-order FILE)");
}

void
lint_entities(struct lint *l, const struct lint_check *c)
{
	GRegex *form = g_regex_new(PATTERN, G_REGEX_OPTIMIZE, 0, NULL);
	g_autoptr(GPtrArray) motion = names_of(l, l->paper[PAPER_MOTION], form,
	    FALSE);

	if (l->rec->entities->len > 0)
		against_table(l, c, PAPER_MOTION, motion);
	for (int p = PAPER_DECLARATION; p < PAPERS; p++) {
		g_autoptr(GPtrArray) other = NULL;

		if (l->paper[p] == NULL)
			continue;
		other = names_of(l, l->paper[p], form, p == PAPER_ORDER);
		against_motion(l, c, (enum paper)p, motion, other);
	}
	not_given(l);
	g_regex_unref(form);
}

/* ---- an earlier motion ------------------------------------------------------------------------- */

/* "the same letters as before", "Plaintiff's First Motion for Letters" */
static const char *const recalls[] = {
	"same|identical ~3 letter|letters|request|requests|discovery|relief|entities|entity|information|subpoena|subpoenas",
	"first|prior|earlier|previous|original|initial ~2 motion|request|application|letters",
	"renews|renewed|again|previously ~4 motion|request|requests|requested|letters|moves|moved|sought",
};

static gboolean
recalls_one(const struct motion *m)
{
	return patterns_in(motion_text(m), m->blocks.m->text->len, recalls,
	    G_N_ELEMENTS(recalls), NULL);
}

/* "Second Motion for Letters", "renewed-motion.txt" */
static gboolean
is_a_later_one(const char *name)
{
	static const char *const words[] = { "second", "third", "fourth",
		"renewed", "amended", "further", "2nd", "3rd" };
	g_autofree char *low = g_ascii_strdown(name, -1);

	for (size_t i = 0; i < G_N_ELEMENTS(words); i++)
		if (strstr(low, words[i]) != NULL)
			return TRUE;
	return FALSE;
}

static struct lint_problem *
of_earlier(struct lint_problem *p, const struct import *im)
{
	g_free(p->exhibit);
	p->exhibit = g_strdup(im->exhibit);
	return p;
}

static void
against_earlier(struct lint *l, const struct lint_check *c,
    const struct import *im, const GPtrArray *motion, const GPtrArray *before)
{
	const char *called = *im->label != '\0' ? im->label : im->file;

	for (guint i = 0; i < motion->len; i++) {
		const struct seen *s = g_ptr_array_index(motion, i);

		if (!known(before, s->name))
			of_earlier(lint_add(l, c, PAPER_MOTION, s->at, "the "
			    "motion names %s, and the earlier one (%s) makes "
			    "no reference to it", s->name, called), im);
	}
	for (guint i = 0; i < before->len; i++) {
		const struct seen *s = g_ptr_array_index(before, i);

		if (!known(motion, s->name))
			of_earlier(lint_add(l, c, PAPER_MOTION, 0, "the earlier "
			    "motion (%s) names %s, and this one does not",
			    called, s->name), im);
	}
}

void
lint_earlier(struct lint *l, const struct import *now,
    const struct import *before, const struct motion *earlier)
{
	g_autoptr(GPtrArray) motion = NULL, other = NULL;
	GRegex *form;

	if (!is_a_later_one(*now->label != '\0' ? now->label : now->file) &&
	    !recalls_one(l->paper[PAPER_MOTION]))
		return;
	form = g_regex_new(PATTERN, G_REGEX_OPTIMIZE, 0, NULL);
	motion = names_of(l, l->paper[PAPER_MOTION], form,
	    FALSE);
	other = names_of(l, earlier, form, FALSE);
	against_earlier(l, lint_check_find("entities"), before, motion, other);
	g_regex_unref(form);
}
