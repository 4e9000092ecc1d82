#include <string.h>

#include "embed.h"
#include "probes/place_hint.h"

const char place_hint_caution[] = "a word in a reverse name, chosen by whoever "
    "runs the address; it may be out of date or mean another thing";

static void *
table_read(void *arg)
{
	GHashTable *t = g_hash_table_new(g_str_hash, g_str_equal);
	g_auto(GStrv) lines = g_strsplit(embed_probes_data_place_hints_tsv,
	    "\n", -1);

	(void)arg;
	for (char **l = lines; *l != NULL; l++) {
		char **f = g_strsplit(*l, "\t", 6);

		/* Kept as long as the program runs. */
		if (**l != '#' && g_strv_length(f) == 5)
			g_hash_table_insert(t, f[0], f);
		else
			g_strfreev(f);
	}
	return t;
}

static gboolean
hint_find(const char *word, struct place_hint *h)
{
	static GOnce once = G_ONCE_INIT;
	char **f = g_hash_table_lookup(g_once(&once, table_read, NULL), word);

	if (f == NULL)
		return FALSE;
	*h = (struct place_hint){ f[0], f[1], f[2], f[3], f[4] };
	return TRUE;
}

/* "fra02" is fra; "02fra" and "f3a" are nothing. */
static void
digits_off(char *word)
{
	size_t n = strlen(word);

	while (n > 0 && g_ascii_isdigit(word[n - 1]))
		word[--n] = '\0';
}

unsigned
place_hints(const char *name, struct place_hint out[PLACE_HINTS])
{
	g_autofree char *low = g_ascii_strdown(name, -1);
	g_auto(GStrv) words = NULL;
	unsigned n = 0;
	char *dot = strrchr(low, '.');

	/* The domain itself says who, not where: sea.example is no Seattle. */
	if (dot == NULL)
		return 0;
	*dot = '\0';
	dot = strrchr(low, '.');
	if (dot == NULL)
		return 0;
	*dot = '\0';
	words = g_strsplit_set(low, ".-_", 64);
	for (char **w = words; *w != NULL && n < PLACE_HINTS; w++) {
		digits_off(*w);
		if (hint_find(*w, &out[n]))
			n++;
	}
	return n;
}
