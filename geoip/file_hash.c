#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <glib/gstdio.h>
#include <inttypes.h>
#include <openssl/evp.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "geoip/file_hash.h"

#define CACHE_MAX	(64 * 1024)	/* bytes; a line is about 130 */
#define CACHE_LINES	200		/* kept when a line is added */
#define SETTLED		2		/* seconds */

G_DEFINE_AUTOPTR_CLEANUP_FUNC(EVP_MD_CTX, EVP_MD_CTX_free)

static uint64_t
timespec_ns(const struct timespec *t)
{
	return (uint64_t)t->tv_sec * 1000000000u + (uint64_t)t->tv_nsec;
}

/* What a line of the cache begins with, a blank at its end. */
static char *
key_of(const struct stat *st)
{
	return g_strdup_printf("%ju %ju %jd %" PRIu64 " %" PRIu64 " ",
	    (uintmax_t)st->st_dev, (uintmax_t)st->st_ino,
	    (intmax_t)st->st_size, timespec_ns(&st->st_mtim),
	    timespec_ns(&st->st_ctim));
}

static char *
cache_path(void)
{
	return g_build_filename(g_get_user_cache_dir(), "goodcause", "sha256",
	    NULL);
}

/* The whole cache, or NULL where it is not there or not to be trusted. */
static char *
cache_read(const char *path)
{
	g_autofree char *text = NULL;
	struct stat st;
	ssize_t n = -1;
	int fd = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);

	if (fd < 0)
		return NULL;
	if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode) &&
	    st.st_uid == geteuid() && (st.st_mode & 022) == 0 &&
	    st.st_size <= CACHE_MAX) {
		text = g_malloc0(CACHE_MAX + 1);
		n = read(fd, text, CACHE_MAX);
	}
	close(fd);
	return n < 0 ? NULL : g_steal_pointer(&text);
}

static bool
is_digest(const char *s)
{
	return strlen(s) == 64 && strspn(s, "0123456789abcdef") == 64;
}

/* Is there exactly one line for the key, and is it whole? */
static bool
cache_find(const char *text, const char *key, char hex[65])
{
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
	size_t len = strlen(key);
	int found = 0;

	for (char **l = lines; *l != NULL; l++) {
		if (strncmp(*l, key, len) != 0)
			continue;
		if (!is_digest(*l + len))
			return false;
		g_strlcpy(hex, *l + len, 65);
		found++;
	}
	return found == 1;
}

/*
 * The cache with the new line first.  Lines of the same device and inode are
 * dropped: that file is no more.
 */
static char *
cache_with(const char *text, const char *key, const char *hex)
{
	g_auto(GStrv) lines = g_strsplit(text == NULL ? "" : text, "\n", -1);
	GString *out = g_string_new(NULL);
	const char *size = strchr(strchr(key, ' ') + 1, ' ');
	size_t same = (size_t)(size - key) + 1;

	g_string_printf(out, "%s%s\n", key, hex);
	for (int i = 0; i < CACHE_LINES && lines[i] != NULL; i++)
		if (*lines[i] != '\0' && strncmp(lines[i], key, same) != 0)
			g_string_append_printf(out, "%s\n", lines[i]);
	return g_string_free(out, FALSE);
}

static void
cache_add(const char *path, const char *key, const char *hex)
{
	g_autofree char *dir = g_path_get_dirname(path);
	g_autofree char *before = cache_read(path);
	g_autofree char *after = cache_with(before, key, hex);

	if (g_mkdir_with_parents(dir, 0700) != 0)
		return;
	(void)g_file_set_contents_full(path, after, -1,
	    G_FILE_SET_CONTENTS_CONSISTENT, 0600, NULL);
}

static int
digest_fd(int fd, char hex[65])
{
	g_autoptr(EVP_MD_CTX) ctx = EVP_MD_CTX_new();
	g_autofree unsigned char *buf = g_malloc(1 << 18);
	unsigned char md[32];
	off_t at = 0;
	ssize_t n;

	if (ctx == NULL || EVP_DigestInit_ex(ctx, EVP_sha256(), NULL) != 1) {
		errno = ENOMEM;
		return -1;
	}
	while ((n = pread(fd, buf, 1 << 18, at)) > 0) {
		if (EVP_DigestUpdate(ctx, buf, (size_t)n) != 1)
			return -1;
		at += n;
	}
	if (n < 0 || EVP_DigestFinal_ex(ctx, md, NULL) != 1)
		return -1;
	for (size_t i = 0; i < sizeof(md); i++)
		g_snprintf(hex + 2 * i, 3, "%02x", md[i]);
	return 0;
}

/* Long enough ago that a later change must show in its times? */
static bool
is_settled(const struct stat *st)
{
	time_t now = time(NULL);

	return st->st_ctim.tv_sec + SETTLED < now &&
	    st->st_mtim.tv_sec + SETTLED < now;
}

int
file_hash(int fd, char hex[65], bool *cached)
{
	g_autofree char *path = cache_path();
	g_autofree char *text = cache_read(path);
	g_autofree char *key = NULL, *after = NULL;
	struct stat st;

	if (fstat(fd, &st) != 0)
		return -1;
	key = key_of(&st);
	*cached = text != NULL && is_settled(&st) && cache_find(text, key, hex);
	if (*cached)
		return 0;
	if (digest_fd(fd, hex) != 0 || fstat(fd, &st) != 0)
		return -1;
	after = key_of(&st);
	if (strcmp(key, after) != 0) {
		errno = EAGAIN;
		return -1;
	}
	if (is_settled(&st))
		cache_add(path, key, hex);
	return 0;
}
