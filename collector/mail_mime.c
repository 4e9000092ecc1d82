/*
 * The parts of a message, by one pass over its lines with a stack of the
 * boundaries that are open (RFC 2046, 5.1).
 */

#include <string.h>

#include "collector/mail_priv.h"

#define BOUNDARY_MOST	200	/* 70 by RFC 2046; some send more */

struct frame {
	char		*boundary;
	size_t		 len;
	size_t		 at;		/* of the part's header, for problems */
	unsigned	 depth;		/* of what is inside */
	gboolean	 foreign, digest;
};

/* A message that was passed on, and how many frames it lies in. */
struct inside { guint leaf, frames; };

struct pass {
	struct eml	*m;
	GArray		*stack;		/* struct frame */
	GArray		*leaves;	/* struct leaf */
	GArray		*messages;	/* struct inside: opened, not yet ended */
	gssize		 open;		/* the leaf that is being read, -1 */
	unsigned	 depth;
	gboolean	 foreign;
	gboolean	 deep;		/* told once */
};

static void
frame_clear(void *p)
{
	g_free(((struct frame *)p)->boundary);
}

static void
leaf_clear(void *p)
{
	struct leaf *l = p;

	g_free(l->type);
	g_free(l->charset);
	g_free(l->name);
}

/* ---- the header of a part ------------------------------------------------------------ */

static enum encoding
encoding_of(struct eml *m, const struct head *h)
{
	g_autofree char *s = head_value(m, h, "Content-Transfer-Encoding");
	g_autofree char *first = value_first(s);

	if (strcmp(first, "base64") == 0)
		return ENC_BASE64;
	if (strcmp(first, "quoted-printable") == 0)
		return ENC_QP;
	if (*first == '\0' || strcmp(first, "7bit") == 0 ||
	    strcmp(first, "8bit") == 0 || strcmp(first, "binary") == 0)
		return ENC_NONE;
	eml_problem(m, h->begin, "the transfer encoding %.40s is not known; "
	    "the part is kept as it stands", first);
	return ENC_UNKNOWN;
}

static void
leaf_name(const struct eml *m, const struct head *h, const char *type,
    struct leaf *l)
{
	g_autofree char *value = head_value(m, h, "Content-Disposition");
	g_autofree char *first = value_first(value);

	l->name = value_param(value, "filename");
	if (l->name == NULL)
		l->name = value_param(type, "name");
	if (l->name == NULL)
		l->name = g_strdup("");
	l->attached = strcmp(first, "attachment") == 0 ||
	    (*l->name != '\0' && strcmp(first, "inline") != 0);
}

static gboolean
param_is(const char *value, const char *name, const char *is)
{
	g_autofree char *given = value_param(value, name);

	return given != NULL && g_ascii_strcasecmp(given, is) == 0;
}

static void
leaf_open(struct pass *p, const struct head *h, const char *value,
    const char *type)
{
	struct leaf l = { .depth = p->depth, .foreign = p->foreign,
	    .body = h->end, .body_len = p->m->len - h->end };

	l.type = g_strdup(type);
	l.charset = value_param(value, "charset");
	if (l.charset == NULL)
		l.charset = g_strdup("");
	l.flowed = param_is(value, "format", "flowed") &&
	    param_is(value, "delsp", "yes");
	l.encoding = encoding_of(p->m, h);
	leaf_name(p->m, h, value, &l);
	p->open = (gssize)p->leaves->len;
	g_array_append_val(p->leaves, l);
}

/* Whether there is room for one more level; told once where there is not. */
static gboolean
may_open(struct pass *p, size_t at)
{
	if (p->depth < MAIL_DEPTH)
		return TRUE;
	if (!p->deep)
		eml_problem(p->m, at, "parts nested more than %u deep; what is "
		    "deeper is kept unopened", MAIL_DEPTH);
	p->deep = TRUE;
	return FALSE;
}

static gboolean
multipart_open(struct pass *p, const struct head *h, const char *value,
    const char *type)
{
	const struct field *of = head_field(p->m, h, "Content-Type", NULL);
	size_t at = of != NULL ? of->name : h->begin;
	struct frame f = { .at = at, .depth = p->depth + 1,
	    .foreign = p->foreign,
	    .digest = strcmp(type, "multipart/digest") == 0 };

	if (!g_str_has_prefix(type, "multipart/") || !may_open(p, h->begin))
		return FALSE;
	f.boundary = value_param(value, "boundary");
	f.len = f.boundary != NULL ? strlen(f.boundary) : 0;
	if (f.len == 0 || f.len > BOUNDARY_MOST) {
		eml_problem(p->m, at, "a multipart without a boundary; "
		    "kept as one part");
		g_free(f.boundary);
		return FALSE;
	}
	g_array_append_val(p->stack, f);
	p->open = -1;
	return TRUE;
}

/* A message that was passed on: its header is read where it stands.  One that
 * is encoded (which RFC 2046, 5.2.1 forbids) is kept unopened. */
static gboolean
message_open(struct pass *p, const char *type)
{
	struct inside in = { (guint)p->open, p->stack->len };
	struct leaf *l;

	if (strcmp(type, "message/rfc822") != 0 &&
	    strcmp(type, "message/global") != 0)
		return FALSE;
	l = &g_array_index(p->leaves, struct leaf, p->open);
	if (l->encoding == ENC_BASE64 || l->encoding == ENC_QP) {
		eml_problem(p->m, l->body, "a message passed on in an "
		    "encoding that RFC 2046 forbids; kept unopened");
		return FALSE;
	}
	if (!may_open(p, l->body))
		return FALSE;
	l->opened = TRUE;
	g_array_append_val(p->messages, in);
	return TRUE;
}

static const char *
default_type(const struct pass *p)
{
	const struct frame *f = p->stack->len > 0 ? &g_array_index(p->stack,
	    struct frame, p->stack->len - 1) : NULL;

	return f != NULL && f->digest ? "message/rfc822" : "text/plain";
}

/* Reads the header of what begins at at, and of messages inside it as long as
 * each is nothing but the next; returns where the body begins. */
static size_t
part_begin(struct pass *p, size_t at, struct head *top)
{
	for (;;) {
		struct head own = { 0 }, *h = top != NULL ? top : &own;
		g_autofree char *value = NULL, *type = NULL;
		gboolean inner = FALSE;
		size_t body;

		if (top == NULL)
			head_read(p->m, at, p->m->len, &own);
		value = head_value(p->m, h, "Content-Type");
		type = value_first(value);
		if (strchr(type, '/') == NULL) {
			g_free(type);
			type = g_strdup(default_type(p));
		}
		if (!multipart_open(p, h, value, type)) {
			leaf_open(p, h, value, type);
			inner = message_open(p, type);
		}
		body = h->end;
		if (top == NULL)
			head_clear(&own);
		top = NULL;
		if (!inner)
			return body;
		at = body;
		p->depth++;
		p->foreign = TRUE;
	}
}

/* ---- boundaries --------------------------------------------------------------------------- */

/* Which frame the line "--..." is of, -1 none; *last: it closes. */
static gssize
boundary_at(const struct pass *p, const char *s, size_t len, gboolean *last)
{
	while (len > 0 && g_ascii_isspace(s[len - 1]))
		len--;
	for (guint i = p->stack->len; i-- > 0;) {
		const struct frame *f = &g_array_index(p->stack, struct frame,
		    i);

		if (len < f->len + 2 || memcmp(s + 2, f->boundary, f->len) != 0)
			continue;
		*last = len == f->len + 4 && memcmp(s + 2 + f->len, "--",
		    2) == 0;
		if (*last || len == f->len + 2)
			return (gssize)i;
	}
	return -1;
}

/* The line end before a boundary is the boundary's. */
static void
leaf_end(struct pass *p, guint i, size_t end)
{
	struct leaf *l = &g_array_index(p->leaves, struct leaf, i);

	if (end > l->body && p->m->s[end - 1] == '\n')
		end--;
	if (end > l->body && p->m->s[end - 1] == '\r')
		end--;
	l->body_len = end > l->body ? end - l->body : 0;
}

/* What lies in frame i ends at the boundary; multiparts inside that never
 * ended are told. */
static void
frame_cross(struct pass *p, guint i, size_t at)
{
	if (p->open >= 0)
		leaf_end(p, (guint)p->open, at);
	p->open = -1;
	while (p->messages->len > 0) {
		struct inside in = g_array_index(p->messages, struct inside,
		    p->messages->len - 1);

		if (in.frames <= i)
			break;
		leaf_end(p, in.leaf, at);
		g_array_set_size(p->messages, p->messages->len - 1);
	}
	for (guint k = p->stack->len; k-- > i + 1;)
		eml_problem(p->m, g_array_index(p->stack, struct frame, k).at,
		    "a multipart whose closing boundary is missing");
	g_array_set_size(p->stack, MIN(p->stack->len, i + 1));
}

/* The line at is a boundary of frame i; returns where reading goes on. */
static size_t
boundary_cross(struct pass *p, guint i, gboolean last, size_t at, size_t next)
{
	const struct frame *f;

	frame_cross(p, i, at);
	if (last) {
		g_array_set_size(p->stack, i);
		return next;
	}
	f = &g_array_index(p->stack, struct frame, i);
	p->depth = f->depth;
	p->foreign = f->foreign;
	if (p->leaves->len >= MAIL_PARTS) {
		eml_problem(p->m, at, "more than %u parts; the rest is not "
		    "read", MAIL_PARTS);
		return p->m->len;
	}
	return part_begin(p, next, NULL);
}

static size_t
line_next(const struct eml *m, size_t at)
{
	const char *lf = memchr(m->s + at, '\n', m->len - at);

	return lf != NULL ? (size_t)(lf - m->s) + 1 : m->len;
}

GArray *
mime_leaves(struct eml *m, const struct head *top)
{
	struct pass p = { .m = m, .open = -1 };
	struct head h = *top;
	size_t at;

	p.stack = g_array_new(FALSE, FALSE, sizeof(struct frame));
	g_array_set_clear_func(p.stack, frame_clear);
	p.messages = g_array_new(FALSE, FALSE, sizeof(struct inside));
	p.leaves = g_array_new(FALSE, FALSE, sizeof(struct leaf));
	g_array_set_clear_func(p.leaves, leaf_clear);
	at = part_begin(&p, 0, &h);
	while (at < m->len && p.stack->len > 0) {
		size_t next = line_next(m, at);
		gboolean last = FALSE;
		gssize i = m->len - at >= 2 && m->s[at] == '-' &&
		    m->s[at + 1] == '-' ? boundary_at(&p, m->s + at,
		    next - at, &last) : -1;

		at = i < 0 ? next : boundary_cross(&p, (guint)i, last, at,
		    next);
	}
	for (guint i = 0; i < p.stack->len; i++)
		eml_problem(m, g_array_index(p.stack, struct frame, i).at,
		    "a multipart whose closing boundary is missing");
	g_array_unref(p.stack);
	g_array_unref(p.messages);
	return p.leaves;
}
