#include "probes/html_tree.h"

#include <glib.h>
#include <setjmp.h>
#include <string.h>

#define BLOCK	(96u << 10)	/* under malloc's threshold for mmap */
#define KEPT	8u		/* blocks: most pages need no more */
#define ALIGN	16u

struct block {
	struct block	*next;
	size_t		 used, size;
	_Alignas(ALIGN) char data[];
};

struct arena {
	struct block	*blocks;
	size_t		 total, most;
	char		*last;		/* given out last: may be given back */
	jmp_buf		 full;
};

/* Some blocks stay from page to page: what is given back to the system has to be
 * filled with zeros again. */
static struct block	*kept;
static unsigned		 kept_count;

static struct block *
block_new(size_t size)
{
	struct block *b = size == BLOCK ? kept : NULL;

	if (b == NULL)
		return g_malloc(sizeof(*b) + size);
	kept = b->next;
	kept_count--;
	return b;
}

static void
block_free(struct block *b)
{
	if (b->size != BLOCK || kept_count == KEPT) {
		g_free(b);
		return;
	}
	b->next = kept;
	kept = b;
	kept_count++;
}

static void
block_add(struct arena *a, size_t least)
{
	size_t size = MAX(least, BLOCK);
	struct block *b;

	/* gumbo looks at no result of its allocator: the way out is a jump. */
	a->total += size;
	if (a->total > a->most)
		longjmp(a->full, 1);
	b = block_new(size);
	b->used = 0;
	b->size = size;
	b->next = a->blocks;
	a->blocks = b;
}

static void *
arena_take(void *arg, size_t n)
{
	struct arena *a = arg;

	n = (n + ALIGN - 1) & ~(size_t)(ALIGN - 1);
	if (a->blocks == NULL || a->blocks->size - a->blocks->used < n)
		block_add(a, n);
	a->last = a->blocks->data + a->blocks->used;
	a->blocks->used += n;
	return a->last;
}

/* Only what was taken last comes back; gumbo's scratch buffers mostly do. */
static void
arena_give(void *arg, void *p)
{
	struct arena *a = arg;

	if (p != NULL && p == a->last) {
		a->blocks->used = (size_t)(a->last - a->blocks->data);
		a->last = NULL;
	}
}

void
html_tree_clear(struct html_tree *t)
{
	struct block *b, *next;

	if (t->arena == NULL)
		return;
	for (b = t->arena->blocks; b != NULL; b = next) {
		next = b->next;
		block_free(b);
	}
	g_free(t->arena);
	html_short_clear(&t->page);
	memset(t, 0, sizeof(*t));
}

static GumboOutput *
parse(struct arena *a, const char *html, size_t len)
{
	GumboOptions options = kGumboDefaultOptions;

	options.allocator = arena_take;
	options.deallocator = arena_give;
	options.userdata = a;
	options.max_errors = 0;
	if (setjmp(a->full) != 0)
		return NULL;
	return gumbo_parse_with_options(&options, html, len);
}

static void
tree_parse(const char *html, size_t len, gboolean whole, struct html_tree *t)
{
	t->arena = g_new0(struct arena, 1);
	t->arena->most = TREE_BASE + TREE_EACH * len;
	html_short_make(&t->page, html, len, whole);
	t->out = parse(t->arena, t->page.html, t->page.len);
	t->read = t->out != NULL ? t->page.read : 0;
}

void
html_tree_parse(const char *html, size_t len, struct html_tree *t)
{
	tree_parse(html, len, TRUE, t);
}

void
html_tree_parse_short(const char *html, size_t len, struct html_tree *t)
{
	tree_parse(html, len, FALSE, t);
}
