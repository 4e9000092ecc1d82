#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <maxminddb.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "geoip/file_hash.h"
#include "geoip/geo.h"
#include "geoip/record.h"

struct geo_db {
	MMDB_s		 mmdb;
	struct geo_info	 info;
	char		*path, *type;	/* what info borrows */
	unsigned	 asked;		/* look-ups since pages were given back */
};

/*
 * Each look-up brings some pages of the file into our memory; after so many
 * they are given back (the kernel still has them), so that a run over many
 * targets needs no more memory than one over few.
 */
enum { ASKED_MAX = 16 };

struct geo_set {
	GPtrArray	*dbs;		/* struct geo_db */
	GPtrArray	*problems;	/* char * */
};

/*
 * Licences, by how a file's name or its database_type begins.  A name is what
 * geoip/fetch gave, a type what the publisher wrote into the file.
 */
static const struct {
	const char	*file, *type, *licence, *caution;
} known[] = {
	{
		.file = "dbip-",
		.type = "DBIP-",
		.licence = "CC BY 4.0, DB-IP.com",
	}, {
		.file = "ip-location-db-country-",
		.licence = "CC0 1.0; contains NRO data under CC BY 4.0, nro.net",
		.caution = "Its publisher wrote in its description of June 2026 "
		    "that the data \"contains bugs resulting in incorrect "
		    "data\", without saying which.",
	}, {
		.type = "GeoLite2-",
		.licence = "MaxMind GeoLite2 EULA",
	}, {
		.type = "GeoIP2-",
		.licence = "MaxMind commercial licence",
	},
};

static ssize_t
known_find(const struct geo_info *info)
{
	for (size_t i = 0; i < G_N_ELEMENTS(known); i++)
		if ((known[i].file != NULL &&
		    g_str_has_prefix(info->file, known[i].file)) ||
		    (known[i].type != NULL &&
		    g_str_has_prefix(info->type, known[i].type)))
			return (ssize_t)i;
	return -1;
}

const char *
geo_info_caution(const struct geo_info *info)
{
	ssize_t i = known_find(info);

	return i < 0 ? NULL : known[i].caution;
}

/* ---- opening */

static void
db_free(void *p)
{
	struct geo_db *db = p;

	if (db->mmdb.file_content != NULL)
		MMDB_close(&db->mmdb);
	g_free(db->path);
	g_free(db->type);
	g_free(db);
}

static void G_GNUC_PRINTF(2, 3)
add_problem(struct geo_set *set, const char *format, ...)
{
	va_list ap;

	va_start(ap, format);
	g_ptr_array_add(set->problems, g_strdup_vprintf(format, ap));
	va_end(ap);
}

static void
fill_info(struct geo_db *db, const struct stat *st)
{
	const MMDB_metadata_s *m = &db->mmdb.metadata;
	g_autoptr(GDateTime) built = NULL;
	g_autofree char *text = NULL;
	ssize_t k;

	db->type = g_utf8_make_valid(m->database_type == NULL ? "" :
	    m->database_type, -1);
	db->info.type = db->type;
	db->info.ip_version = m->ip_version;
	db->info.nodes = m->node_count;
	db->info.size = (uint64_t)st->st_size;
	if (m->build_epoch <= INT32_MAX * UINT64_C(4))
		built = g_date_time_new_from_unix_utc((int64_t)m->build_epoch);
	if (built != NULL)
		text = g_date_time_format(built, "%Y-%m-%dT%H:%M:%SZ");
	g_strlcpy(db->info.build, text == NULL ? "" : text,
	    sizeof(db->info.build));
	k = known_find(&db->info);
	db->info.licence = k < 0 ? "not known to this program" :
	    known[k].licence;
}

/* Why the file at fd cannot serve; NULL where it can. */
static const char *
load_fd(struct geo_db *db, int fd)
{
	char self[64];
	struct stat st;
	int status;

	if (fstat(fd, &st) != 0)
		return g_strerror(errno);
	if (!S_ISREG(st.st_mode))
		return "it is not a regular file";
	if (st.st_size == 0)
		return "it is empty";
	/* The same open file, whatever its name has come to mean by now. */
	g_snprintf(self, sizeof(self), "/proc/self/fd/%d", fd);
	status = MMDB_open(self, MMDB_MODE_MMAP, &db->mmdb);
	if (status != MMDB_SUCCESS) {
		memset(&db->mmdb, 0, sizeof(db->mmdb));
		return MMDB_strerror(status);
	}
	if (file_hash(fd, db->info.sha256, &db->info.sha256_cached) != 0)
		return g_strerror(errno);
	fill_info(db, &st);
	return NULL;
}

static bool
is_taken(const struct geo_set *set, const char *file, const char *sha256)
{
	for (unsigned i = 0; i < set->dbs->len; i++) {
		const struct geo_db *db = g_ptr_array_index(set->dbs, i);

		if (file != NULL && strcmp(db->info.file, file) == 0)
			return true;
		if (sha256 != NULL && strcmp(db->info.sha256, sha256) == 0)
			return true;
	}
	return false;
}

static void
open_file(struct geo_set *set, const char *dir, const char *file)
{
	struct geo_db *db = g_new0(struct geo_db, 1);
	const char *why;
	int fd;

	db->path = g_build_filename(dir, file, NULL);
	db->info.path = db->path;
	db->info.file = strrchr(db->path, '/') + 1;
	fd = open(db->path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	why = fd < 0 ? g_strerror(errno) : load_fd(db, fd);
	if (fd >= 0)
		close(fd);
	if (why != NULL)
		add_problem(set, "%s cannot be used as a database: %s.",
		    db->path, why);
	if (why != NULL || is_taken(set, NULL, db->info.sha256))
		db_free(db);
	else
		g_ptr_array_add(set->dbs, db);
}

static int
compare_names(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void
open_dir(struct geo_set *set, const char *path)
{
	g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
	g_autoptr(GError) error = NULL;
	g_autoptr(GDir) dir = g_dir_open(path, 0, &error);
	const char *name;

	if (dir == NULL) {
		if (!g_error_matches(error, G_FILE_ERROR, G_FILE_ERROR_NOENT))
			add_problem(set, "%s.", error->message);
		return;
	}
	while ((name = g_dir_read_name(dir)) != NULL)
		if (g_str_has_suffix(name, ".mmdb"))
			g_ptr_array_add(names, g_strdup(name));
	g_ptr_array_sort(names, compare_names);
	for (unsigned i = 0; i < names->len; i++) {
		name = g_ptr_array_index(names, i);
		if (!is_taken(set, name, NULL))
			open_file(set, path, name);
	}
}

struct geo_set *
geo_set_open_dirs(const char *const *dirs)
{
	struct geo_set *set = g_new0(struct geo_set, 1);

	set->dbs = g_ptr_array_new_with_free_func(db_free);
	set->problems = g_ptr_array_new_with_free_func(g_free);
	for (; *dirs != NULL; dirs++)
		open_dir(set, *dirs);
	return set;
}

struct geo_set *
geo_set_open(void)
{
	g_autofree char *exe = g_file_read_link("/proc/self/exe", NULL);
	g_autofree char *dir = g_path_get_dirname(exe == NULL ? "." : exe);
	g_autofree char *up = g_path_get_dirname(dir);
	g_autofree char *user = g_build_filename(g_get_user_data_dir(),
	    "goodcause", "geoip", NULL);
	g_autofree char *beside = g_build_filename(dir, "geoip", NULL);
	g_autofree char *shared = g_build_filename(up, "share", "goodcause",
	    "geoip", NULL);
	const char *const dirs[] = {
		user, beside, shared, "/usr/share/GeoIP", "/var/lib/GeoIP", NULL,
	};

	return geo_set_open_dirs(dirs);
}

void
geo_set_free(struct geo_set *set)
{
	if (set == NULL)
		return;
	g_ptr_array_unref(set->dbs);
	g_ptr_array_unref(set->problems);
	g_free(set);
}

size_t
geo_set_count(const struct geo_set *set)
{
	return set->dbs->len;
}

const struct geo_info *
geo_set_info(const struct geo_set *set, size_t i)
{
	if (i >= set->dbs->len)
		return NULL;
	return &((struct geo_db *)g_ptr_array_index(set->dbs, i))->info;
}

const char *
geo_set_problem(const struct geo_set *set, size_t k)
{
	return k < set->problems->len ? g_ptr_array_index(set->problems, k) :
	    NULL;
}

/* ---- looking up */

struct address {
	union {
		struct sockaddr		sa;
		struct sockaddr_in	in;
		struct sockaddr_in6	in6;
	} u;
	uint8_t		*bytes;
	unsigned	 bits;
};

static int
parse_address(const char *ip, struct address *a)
{
	memset(a, 0, sizeof(*a));
	if (inet_pton(AF_INET, ip, &a->u.in.sin_addr) == 1) {
		a->u.in.sin_family = AF_INET;
		a->bytes = (uint8_t *)&a->u.in.sin_addr;
		a->bits = 32;
		return 0;
	}
	if (inet_pton(AF_INET6, ip, &a->u.in6.sin6_addr) == 1) {
		a->u.in6.sin6_family = AF_INET6;
		a->bytes = (uint8_t *)&a->u.in6.sin6_addr;
		a->bits = 128;
		return 0;
	}
	return -1;
}

/* The address with the bits past len cleared: "1.1.1.0/24". */
static void
format_network(const struct address *a, unsigned len, char network[64])
{
	char text[INET6_ADDRSTRLEN];
	uint8_t net[16] = { 0 };

	memcpy(net, a->bytes, a->bits / 8);
	for (unsigned bit = len; bit < a->bits; bit++)
		net[bit / 8] &= (uint8_t)~(0x80u >> bit % 8);
	inet_ntop(a->u.sa.sa_family, net, text, sizeof(text));
	g_snprintf(network, 64, "%s/%u", text, len);
}

static void
give_back(struct geo_db *db)
{
	if (++db->asked < ASKED_MAX)
		return;
	db->asked = 0;
	(void)madvise((void *)(uintptr_t)db->mmdb.file_content,
	    (size_t)db->mmdb.file_size, MADV_DONTNEED);
}

/*
 * The matching prefix's length in the address's own family.  A tree of IPv6
 * holds IPv4 below ::/96; one that ends above that holds none: -1.
 */
static int
prefix_length(const MMDB_s *mmdb, const struct address *a, unsigned netmask)
{
	if (mmdb->metadata.ip_version != 6 || a->bits == 128)
		return netmask <= a->bits ? (int)netmask : -1;
	return netmask >= 96 && netmask <= 128 ? (int)netmask - 96 : -1;
}

int
geo_lookup(const struct geo_set *set, size_t i, const char *ip, GString *json,
    char network[64])
{
	struct geo_db *db;
	MMDB_lookup_result_s found;
	struct address a;
	int error = MMDB_SUCCESS, length;

	g_string_truncate(json, 0);
	network[0] = '\0';
	if (i >= set->dbs->len || parse_address(ip, &a) != 0)
		return -1;
	db = g_ptr_array_index(set->dbs, i);
	give_back(db);
	found = MMDB_lookup_sockaddr(&db->mmdb, &a.u.sa, &error);
	if (error != MMDB_SUCCESS)
		return -1;
	length = prefix_length(&db->mmdb, &a, found.netmask);
	if (length < 0)
		return -1;
	if (found.found_entry &&
	    record_json(&db->mmdb, found.entry.offset, json) != 0)
		return -1;
	format_network(&a, (unsigned)length, network);
	return found.found_entry ? 1 : 0;
}
