#include <cstdio>

#include "messages.h"

namespace spillway::cli {

int check(const DealOptions& options) {
  const io::Loaded loaded = io::load_inputs(options.deal, {options.strict});
  print_issues(loaded.issues);
  if (!loaded.inputs || result::has_errors(loaded.issues)) return kInputProblem;
  const engine::Inputs& inputs = *loaded.inputs;
  std::printf("%s: %zu classes, %zu steps, %zu quantities, %zu scenarios\n", options.deal.c_str(),
              inputs.deal.classes.size(), inputs.deal.waterfall.size(), inputs.deal.quantities.size(),
              inputs.scenarios.size());
  std::printf("%s: %zu loans, $%.2f, against classes of $%.2f\n", inputs.tape.file.c_str(), inputs.tape.size(),
              inputs.pool.total_balance(), inputs.deal.class_total());
  std::printf("no errors\n");
  return kDone;
}

}  // namespace spillway::cli
