// A single module serves too: the tape's vocabulary, without deals or files.
#include <cstdio>

#include "spillway/pool/loan_tape.h"
#include "spillway/strat/strat.h"

int main() { std::printf("%zu tape fields\n", spillway::pool::tape_fields().size()); }
