#pragma once
// Marks loops to be built twice, for processors with wider registers too: the same arithmetic, the same results.
// Private to strat.

#if defined(__x86_64__) && defined(__gnu_linux__) && defined(__GNUC__) && !defined(__clang__) && \
    !defined(__SANITIZE_ADDRESS__)
#define SPILLWAY_ALSO_AVX2 __attribute__((target_clones("default", "avx2")))
#else
#define SPILLWAY_ALSO_AVX2
#endif
