/* What the operating system is asked for, counted; and at the awaited call a kill or a refusal.

   Loaded before libc (LD_PRELOAD), so that it stands between the system and Python, SQLite and
   every other library alike. A process arms it by proof_arm(); what it forks inherits that. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>
#include <stdio.h>

enum { KILL_BEFORE = 1, KILL_AFTER = 2, REFUSE = 3, SHORT = 4 };

static long awaited, calls;
static int deed, error_number;
static unsigned kinds = ~0u;

/* The kinds of calls, as bits of a set. */
enum { WRITE = 1, SYNC = 2, RENAME = 4, UNLINK = 8, MAKE = 16, OPEN = 32, MODE = 64, READ = 128, SIZE = 256 };

void proof_arm(long at, int what, int number, unsigned set)
{
    calls = 0; deed = what; error_number = number; kinds = set; awaited = at;
}

long proof_calls(void) { return calls; }

/* Count a call; tell whether it is the one that is to be refused (1) or cut short (2). */
static int met(unsigned kind)
{
    if (!(kinds & kind) || !awaited) return 0;
    if (++calls != awaited) return 0;
    if (deed == KILL_BEFORE) kill(getpid(), SIGKILL);
    if (deed == REFUSE) { errno = error_number; return 1; }
    if (deed == SHORT) return 2;
    return 0;
}

static void over(unsigned kind)
{
    if ((kinds & kind) && awaited && calls == awaited && deed == KILL_AFTER) {
        awaited = -1;
        kill(getpid(), SIGKILL);
    }
}

#define REAL(type, name, ...) \
    static type (*real)(__VA_ARGS__); \
    if (!real) real = (type (*)(__VA_ARGS__))dlsym(RTLD_NEXT, name)

/* Only files: what goes to a terminal or a pipe is no storage. */
static int is_file(int handle)
{
    struct stat status;
    int before = errno, found = fstat(handle, &status) == 0 && S_ISREG(status.st_mode);
    errno = before;
    return found;
}

ssize_t write(int handle, const void *data, size_t size)
{
    REAL(ssize_t, "write", int, const void *, size_t);
    if (!is_file(handle)) return real(handle, data, size);
    int m = met(WRITE);
    if (m == 1) return -1;
    ssize_t done = real(handle, data, m == 2 && size > 1 ? size / 2 : size);
    over(WRITE);
    return done;
}

static ssize_t put_at(ssize_t (*real)(int, const void *, size_t, off_t), int handle, const void *data, size_t size, off_t at)
{
    int m = met(WRITE);
    if (m == 1) return -1;
    ssize_t done = real(handle, data, m == 2 && size > 1 ? size / 2 : size, at);
    over(WRITE);
    return done;
}

ssize_t pwrite(int handle, const void *data, size_t size, off_t at)
{
    REAL(ssize_t, "pwrite", int, const void *, size_t, off_t);
    return put_at(real, handle, data, size, at);
}

ssize_t pwrite64(int handle, const void *data, size_t size, off_t at)
{
    REAL(ssize_t, "pwrite64", int, const void *, size_t, off_t);
    return put_at(real, handle, data, size, at);
}

#define SIMPLE(kind, name, parameters, arguments, ...) \
    int name parameters \
    { \
        REAL(int, #name, __VA_ARGS__); \
        if (met(kind)) return -1; \
        int done = real arguments; \
        over(kind); \
        return done; \
    }

SIMPLE(SYNC, fsync, (int handle), (handle), int)
SIMPLE(SYNC, fdatasync, (int handle), (handle), int)
SIMPLE(RENAME, rename, (const char *a, const char *b), (a, b), const char *, const char *)
SIMPLE(RENAME, renameat, (int x, const char *a, int y, const char *b), (x, a, y, b), int, const char *, int, const char *)
SIMPLE(UNLINK, unlink, (const char *a), (a), const char *)
SIMPLE(UNLINK, unlinkat, (int x, const char *a, int flags), (x, a, flags), int, const char *, int)
SIMPLE(UNLINK, rmdir, (const char *a), (a), const char *)
SIMPLE(MAKE, mkdir, (const char *a, mode_t mode), (a, mode), const char *, mode_t)
SIMPLE(MODE, chmod, (const char *a, mode_t mode), (a, mode), const char *, mode_t)
SIMPLE(SIZE, ftruncate, (int handle, off_t size), (handle, size), int, off_t)
SIMPLE(SIZE, ftruncate64, (int handle, off64_t size), (handle, size), int, off64_t)

/* Of what is opened, only that which is to be written. */
#define OPENING(name) \
    int name(const char *path, int flags, ...) \
    { \
        REAL(int, #name, const char *, int, ...); \
        mode_t mode = 0; \
        if (flags & (O_CREAT | O_TMPFILE)) { va_list rest; va_start(rest, flags); mode = va_arg(rest, mode_t); va_end(rest); } \
        int counted = (flags & O_ACCMODE) != O_RDONLY || flags & O_CREAT; \
        if (counted && strncmp(path, "/dev/", 5) != 0) { if (met(OPEN)) return -1; } else counted = 0; \
        int done = real(path, flags, mode); \
        if (counted) over(OPEN); \
        return done; \
    }

OPENING(open)
OPENING(open64)
