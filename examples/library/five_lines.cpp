// Spillway as a library: read a deal, make its book, look a number up. Run it from the project's folder.

#include <cstdio>

#include "spillway/engine/run_book.h"
#include "spillway/io/load.h"

int main() {
  const auto loaded = spillway::io::load_inputs("examples/impac-2003-12/deal.yaml");
  if (!loaded.inputs) return 2;
  const auto book = spillway::engine::run_book(*loaded.inputs);
  const auto& classes = spillway::book::data_table(*book, "class_summary");
  std::printf("A-1, average life to call: %.2f years\n", spillway::table::number_at(classes, "A-1", "wal_call"));
}
