/* The C library keeps a heap for each few threads, and each keeps the most that it ever held: under more load than there is
 * room for (R10) that doubled the memory of a server. Two heaps are as fast and hold less than half. Rust's own way to ask
 * for it is not safe code, which this workspace forbids; so it is asked before `main`. */
#include <stdlib.h>
#ifdef __GLIBC__
#include <malloc.h>

__attribute__((constructor)) static void two_arenas(void) {
    mallopt(M_ARENA_MAX, 2);
}
#endif
