/* Hide the newer instruction sets of this processor from a program, to measure it as an older one.

   gcc -O2 -shared -fPIC -o /tmp/older.so benchmarks/older_processor.c
   LD_PRELOAD=/tmp/older.so .venv/bin/python benchmarks/translation.py SOURCE.fr REFERENCE.en

   Every `cpuid` of the program is made to fault (arch_prctl(2), ARCH_CPUID; needs `cpuid_fault` in
   /proc/cpuinfo) and answered without AVX-512, AVX-VNNI, AMX and half floats: what is left is AVX2
   with FMA, as in processors of 2013 to 2020. Libraries then choose the kernels that they would
   choose there. The clock, the caches and the memory stay those of this processor. Linux on x86-64.

   With OLDER=check in the environment it prints what the program is told. */

#define _GNU_SOURCE
#include <asm/prctl.h>
#include <cpuid.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <ucontext.h>
#include <unistd.h>

#ifndef ARCH_SET_CPUID
#define ARCH_SET_CPUID 0x1012
#endif

enum { FAULTING = 0, ALLOWED = 1 };

/* Feature bits that are hidden, by leaf, subleaf and register. */
static const unsigned LEAF7_EBX = 1u << 16 | 1u << 17 | 1u << 21 | 1u << 26 | 1u << 27 | 1u << 28 |
                                  1u << 30 | 1u << 31;
static const unsigned LEAF7_ECX = 1u << 1 | 1u << 6 | 1u << 11 | 1u << 12 | 1u << 14;
static const unsigned LEAF7_EDX = 1u << 2 | 1u << 3 | 1u << 8 | 1u << 22 | 1u << 23 | 1u << 24 |
                                  1u << 25;
static const unsigned LEAF7_1_EAX = 1u << 4 | 1u << 5 | 1u << 21 | 1u << 22 | 1u << 23;
static const unsigned LEAF7_1_EDX = 1u << 4 | 1u << 5 | 1u << 8 | 1u << 10 | 1u << 19;

static void answer(int number, siginfo_t *information, void *context)
{
    greg_t *registers = ((ucontext_t *)context)->uc_mcontext.gregs;
    const unsigned char *code = (const unsigned char *)registers[REG_RIP];
    if (code[0] != 0x0f || code[1] != 0xa2) { /* a fault of the program's own */
        signal(SIGSEGV, SIG_DFL);
        return;
    }
    unsigned leaf = registers[REG_RAX], subleaf = registers[REG_RCX], a, b, c, d;
    syscall(SYS_arch_prctl, ARCH_SET_CPUID, ALLOWED);
    __cpuid_count(leaf, subleaf, a, b, c, d);
    syscall(SYS_arch_prctl, ARCH_SET_CPUID, FAULTING);
    if (leaf == 7 && subleaf == 0) {
        b &= ~LEAF7_EBX;
        c &= ~LEAF7_ECX;
        d &= ~LEAF7_EDX;
    } else if (leaf == 7 && subleaf == 1) {
        a &= ~LEAF7_1_EAX;
        d &= ~LEAF7_1_EDX;
    }
    registers[REG_RAX] = a;
    registers[REG_RBX] = b;
    registers[REG_RCX] = c;
    registers[REG_RDX] = d;
    registers[REG_RIP] += 2;
}

__attribute__((constructor(101))) static void begin(void)
{
    struct sigaction action = {.sa_sigaction = answer, .sa_flags = SA_SIGINFO | SA_NODEFER};
    sigaction(SIGSEGV, &action, NULL);
    if (syscall(SYS_arch_prctl, ARCH_SET_CPUID, FAULTING)) {
        fputs("older_processor: this processor cannot make cpuid fault\n", stderr);
        _exit(1);
    }
    if (getenv("OLDER")) {
        unsigned a, b, c, d;
        __cpuid_count(7, 0, a, b, c, d);
        fprintf(stderr, "older_processor: AVX2 %s, AVX-512 %s\n", b >> 5 & 1 ? "yes" : "no",
                b >> 16 & 1 ? "yes" : "no");
    }
}
