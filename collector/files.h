#ifndef COLLECTOR_FILES_H
#define COLLECTOR_FILES_H

/*
 * Files that must survive a power cut, and hashes of files.
 *
 * A finished file is born whole: an unnamed file is written and synced, then
 * given its name (which must be free), then its folder is synced.  An error
 * names the file and says why.  Names come from us alone, never from a server.
 * See seal.h for file_put(), the common case.
 */

#include <glib.h>
#include <stdint.h>
#include <sys/types.h>

struct file_sums {
	char		 sha256[65], sha512[129];	/* lower-case hex */
	uint64_t	 size;
};

/* As file_put(), with these permissions (file_put: 0644). */
int	 file_put_mode(const char *path, const void *, size_t len, mode_t, GError **);
/* The same without the sync of its folder, which the caller owes before it says
 * that anything in the folder is done. */
int	 file_put_entry(const char *path, const void *, size_t len, mode_t, GError **);
/* The same with what fill() writes, which gives 0, or -1 with errno. */
typedef int file_fill_fn(int fd, void *arg);
int	 file_put_filled(const char *path, file_fill_fn *, void *arg, mode_t, GError **);
/* 0, or -1 with errno; a short write is carried on. */
int	 fd_write(int fd, const void *, size_t len);
/* Reads len bytes at offset; 0, or -1 with errno (EIO where the file ends). */
int	 fd_pread(int fd, void *, size_t len, uint64_t offset);
int	 dir_sync(const char *path, GError **);
int	 dir_make(const char *path, GError **);		/* 0755, must be new */
/* Both hashes of a regular file, in pieces; a symbolic link is an error. */
int	 file_sums(const char *path, struct file_sums *, GError **);
/* The whole of a regular file of at most max bytes. */
GBytes	*file_get(const char *path, size_t max, GError **);
/* Moves the bytes of fd from offset on into a new file at path; then cuts. */
int	 file_cut(int fd, uint64_t offset, const char *path, GError **);
/* Every regular file below dir/sub as "sub/name", sorted by bytes; anything
 * else than a file or folder is an error.  sub "" is dir itself. */
GPtrArray *file_tree(const char *dir, const char *sub, GError **);
/* Sets error from errno: "PATH: cannot DO: reason"; returns -1. */
int	 file_fail(GError **, const char *path, const char *doing);

#endif
