/*
 * Durable files and their hashes.
 */

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <openssl/evp.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "collector/files.h"
#include "collector/seal.h"
#include "probes/text.h"

#define PIECE	65536
#define DEPTH	8		/* of folders below a run; ours go to 3 */

int
file_fail(GError **error, const char *path, const char *doing)
{
	int e = errno;

	g_set_error(error, G_FILE_ERROR, (int)g_file_error_from_errno(e),
	    "%s: cannot %s: %s", path, doing, g_strerror(e));
	errno = e;
	return -1;
}

int
fd_write(int fd, const void *bytes, size_t len)
{
	const char *p = bytes;

	while (len > 0) {
		ssize_t n = write(fd, p, len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0) {
			if (n == 0)
				errno = ENOSPC;
			return -1;
		}
		p += n;
		len -= (size_t)n;
	}
	return 0;
}

int
fd_pread(int fd, void *buf, size_t len, uint64_t offset)
{
	char *p = buf;

	while (len > 0) {
		ssize_t n = pread(fd, p, len, (off_t)offset);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0) {
			if (n == 0)
				errno = EIO;
			return -1;
		}
		p += n;
		offset += (uint64_t)n;
		len -= (size_t)n;
	}
	return 0;
}

int
dir_sync(const char *path, GError **error)
{
	int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC), rc;

	if (fd < 0)
		return file_fail(error, path, "open");
	rc = fsync(fd);
	if (rc < 0)
		file_fail(error, path, "sync");
	close(fd);
	return rc;
}

int
dir_make(const char *path, GError **error)
{
	g_autofree char *parent = g_path_get_dirname(path);

	if (mkdir(path, 0755) < 0)
		return file_fail(error, path, "make");
	return dir_sync(parent, error);
}

/* For file systems without unnamed files: a name of ours that is not in use. */
static int
temp_open(const char *path, mode_t mode, char **temp)
{
	*temp = g_strdup_printf("%s.tmp-%ld", path, (long)getpid());
	unlink(*temp);
	return open(*temp, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
	    mode);
}

static int
give_name(int fd, const char *temp, const char *path)
{
	char proc[40];

	if (temp != NULL)
		return link(temp, path);
	snprintf(proc, sizeof(proc), "/proc/self/fd/%d", fd);
	return linkat(AT_FDCWD, proc, AT_FDCWD, path, AT_SYMLINK_FOLLOW);
}

int
file_put_filled(const char *path, file_fill_fn *fill, void *arg, mode_t mode,
    GError **error)
{
	g_autofree char *dir = g_path_get_dirname(path);
	g_autofree char *temp = NULL;
	int fd = open(dir, O_WRONLY | O_TMPFILE | O_CLOEXEC, mode), rc = -1;

	if (fd < 0 && (errno == EOPNOTSUPP || errno == EISDIR))
		fd = temp_open(path, mode, &temp);
	if (fd < 0)
		return file_fail(error, path, "make");
	if (fchmod(fd, mode) < 0 || fill(fd, arg) < 0)
		file_fail(error, path, "write");
	else if (fsync(fd) < 0)
		file_fail(error, path, "sync");
	else if (give_name(fd, temp, path) < 0)
		file_fail(error, path, "name");
	else
		rc = 0;
	if (temp != NULL)
		unlink(temp);
	if (close(fd) < 0 && rc == 0)
		rc = file_fail(error, path, "close");
	return rc;
}

struct piece {
	const void	*bytes;
	size_t		 len;
};

static int
fill_piece(int fd, void *arg)
{
	const struct piece *p = arg;

	return fd_write(fd, p->bytes, p->len);
}

int
file_put_entry(const char *path, const void *bytes, size_t len, mode_t mode,
    GError **error)
{
	struct piece p = { bytes, len };

	return file_put_filled(path, fill_piece, &p, mode, error);
}

int
file_put_mode(const char *path, const void *bytes, size_t len, mode_t mode,
    GError **error)
{
	g_autofree char *dir = g_path_get_dirname(path);

	if (file_put_entry(path, bytes, len, mode, error) < 0)
		return -1;
	return dir_sync(dir, error);
}

int
file_put(const char *path, const void *bytes, size_t len, GError **error)
{
	return file_put_mode(path, bytes, len, 0644, error);
}

/* An open regular file, never through a link, never waiting for a pipe. */
static int
regular_open(const char *path, struct stat *st, GError **error)
{
	int fd = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);

	if (fd < 0)
		return file_fail(error, path, "open");
	if (fstat(fd, st) == 0 && S_ISREG(st->st_mode))
		return fd;
	errno = EINVAL;
	file_fail(error, path, "read as a plain file");
	close(fd);
	return -1;
}

static void
hex_of(EVP_MD_CTX *ctx, char *out)
{
	unsigned char raw[EVP_MAX_MD_SIZE];
	unsigned int n = 0;

	EVP_DigestFinal_ex(ctx, raw, &n);
	text_hex(out, raw, n);
}

static int
sums_of_fd(int fd, struct file_sums *sums)
{
	EVP_MD_CTX *a = EVP_MD_CTX_new(), *b = EVP_MD_CTX_new();
	g_autofree char *piece = g_malloc(PIECE);
	ssize_t n;

	EVP_DigestInit_ex(a, EVP_sha256(), NULL);
	EVP_DigestInit_ex(b, EVP_sha512(), NULL);
	sums->size = 0;
	while ((n = read(fd, piece, PIECE)) != 0) {
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			break;
		EVP_DigestUpdate(a, piece, (size_t)n);
		EVP_DigestUpdate(b, piece, (size_t)n);
		sums->size += (uint64_t)n;
	}
	hex_of(a, sums->sha256);
	hex_of(b, sums->sha512);
	EVP_MD_CTX_free(a);
	EVP_MD_CTX_free(b);
	return n < 0 ? -1 : 0;
}

int
file_sums(const char *path, struct file_sums *sums, GError **error)
{
	struct stat st;
	int fd = regular_open(path, &st, error), rc;

	if (fd < 0)
		return -1;
	rc = sums_of_fd(fd, sums);
	if (rc < 0)
		file_fail(error, path, "read");
	close(fd);
	return rc;
}

GBytes *
file_get(const char *path, size_t max, GError **error)
{
	struct stat st;
	int fd = regular_open(path, &st, error), rc;
	char *buf;

	if (fd < 0)
		return NULL;
	if ((uint64_t)st.st_size > max) {
		errno = EFBIG;
		file_fail(error, path, "read");
		close(fd);
		return NULL;
	}
	buf = g_malloc((size_t)st.st_size + 1);
	rc = fd_pread(fd, buf, (size_t)st.st_size, 0);
	if (rc < 0)
		file_fail(error, path, "read");
	close(fd);
	if (rc == 0)
		return g_bytes_new_take(buf, (size_t)st.st_size);
	g_free(buf);
	return NULL;
}

int
file_cut(int fd, uint64_t offset, const char *path, GError **error)
{
	struct stat st;
	g_autofree char *rest = NULL;
	size_t len;

	if (fstat(fd, &st) < 0)
		return file_fail(error, path, "measure");
	if ((uint64_t)st.st_size <= offset)
		return 0;
	len = (size_t)((uint64_t)st.st_size - offset);
	rest = g_malloc(len);
	if (fd_pread(fd, rest, len, offset) < 0)
		return file_fail(error, path, "read what is moved to it");
	if (file_put(path, rest, len, error) < 0)
		return -1;
	if (ftruncate(fd, (off_t)offset) < 0 || fsync(fd) < 0)
		return file_fail(error, path, "cut what was moved to it");
	return 0;
}

static int
tree_add(const char *dir, const char *sub, int depth, GPtrArray *out, GError **);

static int
tree_entry(const char *dir, const char *path, int depth, GPtrArray *out,
    GError **error)
{
	g_autofree char *full = g_build_filename(dir, path, NULL);
	struct stat st;

	if (lstat(full, &st) < 0)
		return file_fail(error, full, "look at");
	if (S_ISDIR(st.st_mode))
		return tree_add(dir, path, depth + 1, out, error);
	if (!S_ISREG(st.st_mode)) {
		errno = EINVAL;
		return file_fail(error, full, "accept: no file or folder");
	}
	g_ptr_array_add(out, g_strdup(path));
	return 0;
}

static int
tree_add(const char *dir, const char *sub, int depth, GPtrArray *out,
    GError **error)
{
	g_autofree char *full = g_build_filename(dir, sub, NULL);
	DIR *d = depth > DEPTH ? NULL : opendir(full);
	const struct dirent *e;
	int rc = 0;

	if (d == NULL) {
		if (depth > DEPTH)
			errno = ELOOP;
		return file_fail(error, full, "list");
	}
	while (rc == 0 && (e = readdir(d)) != NULL) {
		g_autofree char *path = NULL;

		if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0)
			continue;
		path = *sub == '\0' ? g_strdup(e->d_name) :
		    g_strconcat(sub, "/", e->d_name, NULL);
		rc = tree_entry(dir, path, depth, out, error);
	}
	closedir(d);
	return rc;
}

GPtrArray *
file_tree(const char *dir, const char *sub, GError **error)
{
	GPtrArray *out = g_ptr_array_new_with_free_func(g_free);

	if (tree_add(dir, sub, 0, out, error) < 0) {
		g_ptr_array_unref(out);
		return NULL;
	}
	g_ptr_array_sort(out, text_order);
	return out;
}
