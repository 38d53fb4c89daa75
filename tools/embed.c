/* tools/embed.c - writes the C table of assets that src/base/asset.h describes.
 *
 *	embed OUT.c ROOT...
 *
 * Takes every file below each ROOT whose kind is served (see kinds); the path of an asset is its path
 * below ROOT. The same path in two roots is an error. Output depends on the files alone.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include <errno.h>
#include <ftw.h>
#include <sodium.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

struct file {
	char *path; /* below its root */
	const char *mime;
	unsigned char *bytes;
	size_t len;
};

/* Read by the program alone, which would have no use for it as gzip. */
#define PACKED "application/octet-stream"

static const struct {
	const char *ending, *mime;
} kinds[] = {
	{ ".html", "text/html; charset=utf-8" },
	{ ".css", "text/css; charset=utf-8" },
	{ ".js", "text/javascript; charset=utf-8" },
	{ ".json", "application/json" },
	{ ".svg", "image/svg+xml" },
	{ ".txt", "text/plain; charset=utf-8" },
	{ ".png", "image/png" },
	{ ".ico", "image/x-icon" },
	{ ".woff2", "font/woff2" },
	{ ".heedmodel", PACKED },
};

static struct file *files;
static size_t file_count;
static size_t root_len; /* of the root that is being walked, with its '/' */

static void stop(const char *what, const char *which)
{
	fprintf(stderr, "embed: %s: %s\n", which, what);
	exit(1);
}

static const char *mime_of(const char *path)
{
	const char *dot = strrchr(path, '.');
	for (size_t i = 0; dot && i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (strcmp(dot, kinds[i].ending) == 0)
			return kinds[i].mime;
	return NULL;
}

static void *take(size_t size)
{
	void *p = malloc(size ? size : 1);
	if (!p)
		stop("out of memory", "embed");
	return p;
}

static int add_file(const char *path, const struct stat *st, int kind, struct FTW *where)
{
	(void)where;
	const char *mime = kind == FTW_F ? mime_of(path) : NULL;
	if (!mime)
		return 0;
	struct file f = { .mime = mime, .len = (size_t)st->st_size };
	f.bytes = take(f.len);
	FILE *in = fopen(path, "rb");
	if (!in || fread(f.bytes, 1, f.len, in) != f.len)
		stop(strerror(errno), path);
	fclose(in);
	f.path = strdup(path + root_len);
	files = realloc(files, (file_count + 1) * sizeof(*files));
	if (!f.path || !files)
		stop("out of memory", path);
	files[file_count++] = f;
	return 0;
}

static int by_path(const void *a, const void *b)
{
	return strcmp(((const struct file *)a)->path, ((const struct file *)b)->path);
}

/* As gzip, without a name or a time in it; 0 when that is not smaller. */
static size_t compress_file(const struct file *f, unsigned char **out)
{
	z_stream z = { 0 };
	*out = NULL;
	if (strcmp(f->mime, PACKED) == 0)
		return 0;
	if (deflateInit2(&z, 9, Z_DEFLATED, 15 + 16, 9, Z_DEFAULT_STRATEGY) != Z_OK)
		stop("zlib does not start", f->path);
	size_t cap = deflateBound(&z, f->len);
	*out = take(cap);
	z.next_in = f->bytes;
	z.avail_in = (uInt)f->len;
	z.next_out = *out;
	z.avail_out = (uInt)cap;
	if (deflate(&z, Z_FINISH) != Z_STREAM_END)
		stop("zlib does not end", f->path);
	size_t len = z.total_out;
	deflateEnd(&z);
	return len < f->len ? len : 0;
}

/* A string literal; octal escapes of three digits end by themselves. */
static void put_bytes(FILE *out, const unsigned char *bytes, size_t len)
{
	fputc('"', out);
	for (size_t i = 0; i < len; i++) {
		if (i > 0 && i % 64 == 0)
			fputs("\"\n\"", out);
		if (bytes[i] >= ' ' && bytes[i] < 127 && !strchr("\"\\?", bytes[i]))
			fputc(bytes[i], out);
		else
			fprintf(out, "\\%03o", bytes[i]);
	}
	fputc('"', out);
}

static void put_file(FILE *out, const struct file *f)
{
	unsigned char hash[16], *gzip;
	char hex[2 * sizeof(hash) + 1];
	crypto_generichash(hash, sizeof(hash), f->bytes, f->len, NULL, 0);
	sodium_bin2hex(hex, sizeof(hex), hash, sizeof(hash));
	size_t gzip_len = compress_file(f, &gzip);
	fprintf(out, "\t{ { \"%s\", %zu }, { \"%s\", %zu }, { \"\\\"%s\\\"\", %zu },\n{ ", f->path,
	        strlen(f->path), f->mime, strlen(f->mime), hex, strlen(hex) + 2);
	put_bytes(out, f->bytes, f->len);
	fprintf(out, ", %zu },\n{ ", f->len);
	put_bytes(out, gzip, gzip_len);
	fprintf(out, ", %zu } },\n", gzip_len);
	free(gzip);
}

static void put_table(FILE *out)
{
	fputs("/* Made by tools/embed.c: do not edit. */\n#include \"base/asset.h\"\n\n"
	      "static const struct asset assets[] = {\n",
	      out);
	for (size_t i = 0; i < file_count; i++)
		put_file(out, &files[i]);
	fprintf(out,
	        "\t{ { \"\", 0 }, { \"\", 0 }, { \"\", 0 }, { \"\", 0 }, { \"\", 0 } },\n};\n\n"
	        "const struct asset *asset_all(size_t *count)\n{\n"
	        "\t*count = %zu;\n\treturn assets;\n}\n\n"
	        "const struct asset *asset_find(Str path)\n{\n"
	        "\tsize_t low = 0, high = %zu;\n"
	        "\twhile (low < high) {\n"
	        "\t\tsize_t middle = low + (high - low) / 2;\n"
	        "\t\tint order = str_cmp(assets[middle].path, path);\n"
	        "\t\tif (order == 0)\n\t\t\treturn &assets[middle];\n"
	        "\t\tif (order < 0)\n\t\t\tlow = middle + 1;\n"
	        "\t\telse\n\t\t\thigh = middle;\n"
	        "\t}\n\treturn NULL;\n}\n",
	        file_count, file_count);
}

int main(int argc, char **argv)
{
	if (argc < 2 || sodium_init() < 0)
		stop("usage: embed OUT.c ROOT...", "embed");
	for (int i = 2; i < argc; i++) {
		root_len = strlen(argv[i]) + 1;
		if (nftw(argv[i], add_file, 16, FTW_PHYS) != 0 && errno != ENOENT)
			stop(strerror(errno), argv[i]);
	}
	if (file_count)
		qsort(files, file_count, sizeof(*files), by_path);
	for (size_t i = 1; i < file_count; i++)
		if (strcmp(files[i - 1].path, files[i].path) == 0)
			stop("stands in two places", files[i].path);
	FILE *out = fopen(argv[1], "wb");
	if (!out)
		stop(strerror(errno), argv[1]);
	put_table(out);
	if (fclose(out) != 0)
		stop(strerror(errno), argv[1]);
	return 0;
}
