#include "reports/audience.h"
#include "reports/role_priv.h"

/* The roles of addresses in logs, as rows like those of names. */

static int
by_first_row(gconstpointer a, gconstpointer b)
{
	const struct caller *x = *(const struct caller *const *)a;
	const struct caller *y = *(const struct caller *const *)b;

	if (x->import != y->import)
		return x->import < y->import ? -1 : 1;
	return (x->row > y->row) - (x->row < y->row);
}

static struct role_row *
row_of(const struct audience *u, const struct caller *c, enum role role)
{
	const struct inet *at = caller_ip(u, c);
	g_autofree char *ip = inet_words(at);
	struct role_row *r = role_row_new(ip, role, "", "");
	struct role_source s = {
		g_ptr_array_index(u->rec->imports, c->import), c->row,
	};
	const struct address *a = book_find(u->book, at);

	r->imports = g_array_new(FALSE, FALSE, sizeof(s));
	g_array_append_val(r->imports, s);
	for (guint i = 0; a != NULL && role == ROLE_EXIT_PROXY &&
	    i < a->why->len; i++) {
		const struct fact *f = g_array_index(a->why,
		    struct address_said, i).fact;

		if (f->kind == FACT_IP_LISTED)
			packed_add(&r->facts, f);
	}
	return r;
}

GPtrArray *
audience_roles(const struct audience *u, guint limit, guint *left)
{
	GPtrArray *rows = g_ptr_array_new_with_free_func(role_row_free);
	g_autoptr(GPtrArray) callers = g_ptr_array_new();

	*left = 0;
	for (guint i = 0; i < u->callers->len; i++)
		g_ptr_array_add(callers, &g_array_index(u->callers,
		    struct caller, i));
	g_ptr_array_sort(callers, by_first_row);
	for (guint i = 0; i < callers->len; i++) {
		const struct caller *c = g_ptr_array_index(callers, i);

		for (unsigned r = 0; r < ROLES; r++) {
			if ((c->roles & (1u << r)) == 0)
				continue;
			if (rows->len < limit)
				g_ptr_array_add(rows, row_of(u, c,
				    (enum role)r));
			else
				(*left)++;
		}
	}
	return rows;
}

GPtrArray *
audience_roles_of(const struct audience *u, const char *ip)
{
	GPtrArray *rows = g_ptr_array_new_with_free_func(role_row_free);
	const struct caller *c = NULL;
	struct inet at;

	if (inet_read(ip, &at) == 0)
		c = audience_caller(u, &at);
	for (unsigned r = 0; c != NULL && r < ROLES; r++)
		if ((c->roles & (1u << r)) != 0)
			g_ptr_array_add(rows, row_of(u, c, (enum role)r));
	return rows;
}
