#include "messages.h"

#include <algorithm>
#include <cstdio>

namespace spillway::cli {

void print_issues(const std::vector<result::Issue>& issues) {
  for (const result::Issue& issue : issues) std::fprintf(stderr, "%s\n", result::to_text(issue).c_str());
  if (issues.empty()) return;
  const auto errors = std::count_if(issues.begin(), issues.end(),
                                    [](const auto& issue) { return issue.severity == result::Severity::error; });
  std::fprintf(stderr, "%ld error%s, %ld warning%s\n", static_cast<long>(errors), errors == 1 ? "" : "s",
               static_cast<long>(issues.size()) - static_cast<long>(errors),
               static_cast<long>(issues.size()) - static_cast<long>(errors) == 1 ? "" : "s");
}

io::Loaded load(const DealOptions& options) {
  io::Loaded loaded = io::load_inputs(options.deal, {options.strict});
  print_issues(loaded.issues);
  if (loaded.inputs && result::has_errors(loaded.issues)) {
    std::fprintf(stderr, "going on with the %zu good loans of the tape; --strict refuses\n", loaded.inputs->tape.size());
  }
  return loaded;
}

}  // namespace spillway::cli
