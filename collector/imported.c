#include "collector/imported.h"

#include <string.h>

#include "collector/import_store.h"
#include "collector/import_value.h"
#include "collector/mail.h"
#include "probes/shield.h"

/* An address as often as it stands in rows. */
struct met {
	struct inet	 ip;
	gboolean	 doe;
	uint32_t	 order, count;
};

static void
add(GArray *met, const struct inet *ip, gboolean doe)
{
	struct met m = { .ip = *ip, .doe = doe, .order = met->len, .count = 1 };

	if (ip->family != 0 && ip->prefix == (ip->family == 4 ? 32 : 128))
		g_array_append_val(met, m);
}

static void
add_text(GArray *met, const char *text)
{
	struct inet ip;
	uint16_t port;

	if (text == NULL)
		return;
	address_read(text, "", &ip, &port);
	add(met, &ip, FALSE);
}

static void
add_import(GArray *met, const struct import *im)
{
	const struct mail *mail = im->mail;

	for (guint i = 0; im->kind == IMPORT_ACTIVITY && i < im->rows->len;
	    i++) {
		const struct activity *a = &g_array_index(im->rows,
		    struct activity, i);

		add(met, &a->ip, *a->is->doe != '\0');
	}
	for (guint i = 0; im->kind == IMPORT_GEOLOCATION && i < im->rows->len;
	    i++)
		add(met, &g_array_index(im->rows, struct geolocation, i).ip,
		    FALSE);
	if (mail == NULL)
		return;
	add_text(met, mail->originating_ip);
	for (guint i = 0; i < mail->hops->len; i++)
		add_text(met, ((struct mail_hop *)mail->hops->pdata[i])->ip);
}

/* Each name once, as many as the limit lets. */
static void
add_keys(struct imported *im, const struct mail *mail, int64_t most)
{
	char **names = mail_dkim_names(mail);

	for (char **n = names; *n != NULL; n++) {
		if (g_ptr_array_find_with_equal_func(im->keys, *n, g_str_equal,
		    NULL))
			continue;
		if ((int64_t)im->keys->len < most)
			g_ptr_array_add(im->keys, g_strdup(*n));
		else
			im->keys_left++;
	}
	g_strfreev(names);
}

static int
by_address(const void *a, const void *b)
{
	const struct met *x = a, *y = b;
	int c = memcmp(x->ip.bytes, y->ip.bytes, sizeof(x->ip.bytes));

	if (c == 0)
		c = (int)x->ip.family - (int)y->ip.family;
	return c != 0 ? c : x->order < y->order ? -1 : x->order > y->order;
}

static int
by_weight(const void *a, const void *b)
{
	const struct met *x = a, *y = b;

	if (x->doe != y->doe)
		return x->doe ? -1 : 1;
	if (x->count != y->count)
		return x->count > y->count ? -1 : 1;
	return x->order < y->order ? -1 : x->order > y->order;
}

/* Each address once, with how often it was met. */
static void
collapse(GArray *met)
{
	struct met *all = (struct met *)(void *)met->data;
	guint n = 0;

	g_array_sort(met, by_address);
	for (guint i = 0; i < met->len; i++) {
		if (n == 0 || !inet_same(&all[n - 1].ip, &all[i].ip)) {
			all[n++] = all[i];
			continue;
		}
		all[n - 1].count++;
		all[n - 1].doe |= all[i].doe;
	}
	g_array_set_size(met, n);
}

static void
choose(struct imported *im, GArray *met, int64_t most)
{
	collapse(met);
	for (guint i = 0; i < met->len; i++) {
		const struct met *m = &g_array_index(met, struct met, i);

		shield_add(im->shield, m->ip.family, m->ip.bytes);
	}
	shield_close(im->shield);
	g_array_sort(met, by_weight);
	for (guint i = 0; i < met->len; i++) {
		const struct met *m = &g_array_index(met, struct met, i);

		if (address_public(&m->ip) && (int64_t)im->ask->len < most)
			g_ptr_array_add(im->ask, inet_words(&m->ip));
		else
			im->left += address_public(&m->ip) ? 1 : 0;
	}
}

/* One file at a time is in memory. */
static int
read_each(const char *dir, GPtrArray *stored, GArray *met, struct imported *im,
    int64_t keys, GError **e)
{
	for (guint i = 0; i < stored->len; i++) {
		struct stored *s = stored->pdata[i];

		if (s->im->kind != IMPORT_ACTIVITY &&
		    s->im->kind != IMPORT_GEOLOCATION &&
		    s->im->kind != IMPORT_MAIL)
			continue;
		if (*s->im->withdrawn != '\0')
			continue;
		if (imports_read(dir, s, NULL, e) != 0)
			return -1;
		add_import(met, s->im);
		if (s->im->mail != NULL)
			add_keys(im, s->im->mail, keys);
		g_clear_pointer(&s->im, import_free);
	}
	return 0;
}

int
imported_open(const char *dir, const struct limits *limits,
    struct imported *im, GError **e)
{
	g_autoptr(GPtrArray) stored = imports_stored(dir, e);
	g_autoptr(GArray) met = g_array_new(FALSE, FALSE, sizeof(struct met));

	memset(im, 0, sizeof(*im));
	if (stored == NULL)
		return -1;
	im->ask = g_ptr_array_new_with_free_func(g_free);
	im->keys = g_ptr_array_new_with_free_func(g_free);
	im->shield = shield_new();
	im->tip = imports_tip(dir);
	if (read_each(dir, stored, met, im,
	    limits->value[LIMIT_IMPORT_KEYS], e) != 0) {
		imported_clear(im);
		return -1;
	}
	choose(im, met, limits->value[LIMIT_IMPORT_ADDRESSES]);
	return 0;
}

void
imported_clear(struct imported *im)
{
	g_clear_pointer(&im->ask, g_ptr_array_unref);
	g_clear_pointer(&im->keys, g_ptr_array_unref);
	g_clear_pointer(&im->shield, shield_free);
	g_clear_pointer(&im->tip, g_free);
}
