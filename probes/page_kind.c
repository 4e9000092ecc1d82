#include "probes/page_kind.h"

#include <string.h>

#include "embed.h"

static const char *const kind_names[PAGE_KINDS] = {
	[KIND_NEVER] = "never", [KIND_TERMS] = "terms",
	[KIND_PRIVACY] = "privacy", [KIND_IMPRINT] = "imprint",
	[KIND_CONTACT] = "contact", [KIND_ABUSE] = "abuse",
	[KIND_ABOUT] = "about", [KIND_DOWNLOAD] = "download",
	[KIND_PRICING] = "pricing", [KIND_SIGN_UP] = "sign-up",
	[KIND_ADVERTISING] = "advertising",
};

const char *
page_kind_name(enum page_kind k)
{
	return kind_names[k];
}

enum page_kind
page_kind_parse(const char *name)
{
	enum page_kind k = 0;

	while (k < PAGE_KINDS && strcmp(kind_names[k], name) != 0)
		k++;
	return k;
}

/* ---- the table ------------------------------------------------------------- */

#define SLOTS	1024

/* A phrase, found by its first word; in_path: of a path, one word. */
struct phrase {
	const char	*words;		/* one blank between */
	size_t		 len;
	guint32		 hash;		/* of the first word */
	enum page_kind	 kind;
	gboolean	 in_path;
	guint16		 next;		/* place in the array plus one */
};

struct table {
	GArray		*phrases;	/* struct phrase */
	guint16		 slots[SLOTS];
	GArray		*anywhere;	/* struct phrase: without blanks between words */
};

/* FNV-1a of the bytes up to a blank or the end. */
static guint32
first_word(const char *s)
{
	guint32 h = 2166136261u;

	for (; *s != '\0' && *s != ' '; s++)
		h = (h ^ (guchar)*s) * 16777619u;
	return h;
}

/* U+3000 and above: kana, Han, Hangul (three bytes from E3 on). */
static gboolean
without_blanks(const char *s)
{
	return (guchar)*s >= 0xe3;
}

static void
phrase_add(struct table *t, enum page_kind kind, const char *words,
    gboolean in_path)
{
	struct phrase p = {
		.words = words, .len = strlen(words), .kind = kind,
		.hash = first_word(words), .in_path = in_path,
	};
	guint16 *slot = &t->slots[p.hash % SLOTS];

	if (p.len == 0 || strcmp(words, "-") == 0)
		return;
	if (without_blanks(words)) {
		g_array_append_val(t->anywhere, p);
		return;
	}
	p.next = *slot;
	g_array_append_val(t->phrases, p);
	*slot = (guint16)t->phrases->len;
}

/* One line, which is cut to pieces in place and kept. */
static void
line_add(struct table *t, char *line)
{
	g_auto(GStrv) field = g_strsplit(line, "\t", 5);
	g_auto(GStrv) phrases = NULL, words = NULL;
	enum page_kind kind;

	if (*line == '#' || g_strv_length(field) != 4)
		return;
	kind = page_kind_parse(field[0]);
	g_assert(kind < PAGE_KINDS);
	phrases = g_strsplit(field[2], ",", -1);
	words = g_strsplit(field[3], " ", -1);
	for (size_t i = 0; phrases[i] != NULL; i++)
		phrase_add(t, kind, g_intern_string(phrases[i]), FALSE);
	for (size_t i = 0; words[i] != NULL; i++)
		phrase_add(t, kind, g_intern_string(words[i]), TRUE);
}

static struct table *
table_new(void)
{
	struct table *t = g_new0(struct table, 1);
	g_auto(GStrv) lines = g_strsplit(
	    (const char *)embed_probes_data_page_kinds_tsv, "\n", -1);

	t->phrases = g_array_new(FALSE, FALSE, sizeof(struct phrase));
	t->anywhere = g_array_new(FALSE, FALSE, sizeof(struct phrase));
	for (size_t i = 0; lines[i] != NULL; i++)
		line_add(t, lines[i]);
	return t;
}

static const struct table *
table(void)
{
	static gsize made;

	if (g_once_init_enter(&made))
		g_once_init_leave(&made, (gsize)table_new());
	return (const struct table *)made;
}

/* ---- looking --------------------------------------------------------------- */

static gboolean
is_word(const char *s)
{
	return g_ascii_isalnum(*s) || (guchar)*s >= 0x80;
}

/* The text in lower case where it is not ASCII alone; NULL where it is. */
static char *
lower_case(const char *s, size_t n)
{
	g_autofree char *cut = NULL, *valid = NULL;
	size_t i = 0;

	while (i < n && (guchar)s[i] < 0x80)
		i++;
	if (i == n)
		return NULL;
	cut = g_strndup(s, n);
	valid = g_utf8_make_valid(cut, -1);
	return g_utf8_strdown(valid, -1);
}

/* Words in lower case with one blank before, between and after each, in out,
 * which has room for size bytes. */
static void
words_of(const char *s, size_t n, char *out, size_t size)
{
	g_autofree char *low = lower_case(s, n);
	gboolean between = TRUE;
	size_t used = 0;

	if (low != NULL) {
		s = low;
		n = strlen(low);
	}
	out[used++] = ' ';
	for (size_t i = 0; i < n && used + 2 < size; i++) {
		if (is_word(s + i))
			out[used++] = g_ascii_tolower(s[i]);
		else if (!between)
			out[used++] = ' ';
		between = !is_word(s + i);
	}
	if (!between)
		out[used++] = ' ';
	out[used] = '\0';
}

/* The best kind of a phrase that stands at s, which begins a word. */
static enum page_kind
kind_at(const struct table *t, const char *s, gboolean in_path,
    enum page_kind best)
{
	guint32 hash = first_word(s);
	guint16 at = t->slots[hash % SLOTS];

	while (at != 0) {
		const struct phrase *p = &g_array_index(t->phrases,
		    struct phrase, at - 1);

		if (p->hash == hash && p->in_path == in_path &&
		    p->kind < best && strncmp(s, p->words, p->len) == 0 &&
		    s[p->len] == ' ')
			best = p->kind;
		at = p->next;
	}
	return best;
}

static enum page_kind
kind_anywhere(const struct table *t, const char *s, enum page_kind best)
{
	for (guint i = 0; i < t->anywhere->len; i++) {
		const struct phrase *p = &g_array_index(t->anywhere,
		    struct phrase, i);

		if (p->kind < best && strstr(s, p->words) != NULL)
			best = p->kind;
	}
	return best;
}

static enum page_kind
kind_words(const char *s, size_t most, gboolean in_path)
{
	const struct table *t = table();
	enum page_kind best = PAGE_KINDS;
	char words[3 * KIND_PATH];
	gboolean wide = FALSE;

	words_of(s, strnlen(s, most), words, sizeof(words));
	for (s = words; *s != '\0'; s++) {
		if (*s == ' ' && s[1] != '\0')
			best = kind_at(t, s + 1, in_path, best);
		wide |= without_blanks(s);
	}
	return wide && !in_path ? kind_anywhere(t, words, best) : best;
}

/* By the words of a path: "%D0%BF" as it is meant, and where that is no UTF-8,
 * as it is written. */
static enum page_kind
kind_path(const char *path)
{
	g_autofree char *plain = strchr(path, '%') != NULL ?
	    g_uri_unescape_string(path, "/?&=") : NULL;

	return kind_words(plain != NULL ? plain : path, KIND_PATH, TRUE);
}

static enum page_kind
kind_text(const char *text)
{
	return *text == '\0' || strlen(text) > KIND_TEXT ? PAGE_KINDS :
	    kind_words(text, KIND_TEXT, FALSE);
}

enum page_kind
page_kind_of(const char *text, const char *path)
{
	enum page_kind k = kind_text(text);

	return k < PAGE_KINDS || *path == '\0' ? k : kind_path(path);
}

gboolean
page_kind_never(const char *text, const char *path)
{
	return kind_text(text) == KIND_NEVER || kind_path(path) == KIND_NEVER;
}

/* ---- what is never fetched ----------------------------------------------------- */

static const struct {
	const char	*why, *endings;
} works[] = {
	{ "a program or package", ".apk .xapk .apkm .aab .exe .msi .msix .dmg "
	    ".pkg .ipa .deb .rpm .appimage .flatpak .snap .jar .bat .sh .iso "
	    ".img .crx .xpi .vpk .nsp .xci" },
	{ "an archive", ".zip .rar .7z .tar .gz .tgz .bz2 .xz .cab" },
	{ "a torrent", ".torrent .metalink .nzb" },
	{ "a video or a sound", ".mp4 .mkv .avi .mov .wmv .flv .webm .m4v .mpg "
	    ".mpeg .ts .m3u8 .m3u .mpd .vob .3gp .mp3 .flac .m4a .m4b .ogg "
	    ".opus .wav .aac .wma .srt .sub" },
	{ "a book or document", ".epub .mobi .azw3 .cbz .cbr .djvu" },
};

static gboolean
ends_so(const char *endings, const char *ending, size_t n)
{
	const char *p = endings;

	for (; *p != '\0'; p += strcspn(p, " "), p += *p == ' ')
		if (strcspn(p, " ") == n &&
		    g_ascii_strncasecmp(p, ending, n) == 0)
			return TRUE;
	return FALSE;
}

const char *
page_work(const char *url)
{
	size_t end = strcspn(url, "?#");
	const char *slash, *dot;

	if (g_ascii_strncasecmp(url, "http:", 5) != 0 &&
	    g_ascii_strncasecmp(url, "https:", 6) != 0)
		return "not a web page";
	slash = memrchr(url, '/', end);
	dot = memrchr(url, '.', end);
	if (dot == NULL || slash == NULL || dot < slash || slash < url + 8)
		return NULL;
	for (size_t i = 0; i < G_N_ELEMENTS(works); i++)
		if (ends_so(works[i].endings, dot, (size_t)(url + end - dot)))
			return works[i].why;
	return NULL;
}
