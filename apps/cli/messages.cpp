#include "messages.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
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

std::optional<std::uint64_t> memory_limit(const std::string& text, std::vector<result::Issue>& issues) {
  if (text.empty()) return std::nullopt;
  constexpr double kMost = 1e18;
  double number = 0.0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const std::string unit(end, text.data() + text.size());
  const double times = unit == "KB" ? 1e3 : unit == "MB" ? 1e6 : unit == "GB" ? 1e9 : 0.0;
  if (error == std::errc{} && number > 0.0 && times > 0.0 && number * times <= kMost) return static_cast<std::uint64_t>(number * times);
  issues.push_back(result::error({"--memory", 0, 0}, "'" + text + "' is not an amount of memory",
                                 "write a number above 0 with KB, MB or GB, as in 500MB"));
  return std::nullopt;
}

io::Loaded load(const DealOptions& options, io::TapeUse use, const std::function<void()>& before_printing) {
  io::LoadOptions wanted;
  wanted.strict = options.strict;
  wanted.use = use;
  std::vector<result::Issue> issues;
  wanted.memory = memory_limit(options.memory, issues);
  if (result::has_errors(issues)) {
    print_issues(issues);
    return {std::nullopt, {}, std::move(issues)};
  }
  io::Loaded loaded = io::load_inputs(options.deal, wanted);
  if (before_printing && !loaded.issues.empty()) before_printing();
  print_issues(loaded.issues);
  if (loaded.inputs && result::has_errors(loaded.issues)) {
    std::fprintf(stderr, "going on with the %zu good loans of the tape; --strict refuses\n", loaded.inputs->tape_loans());
  }
  return loaded;
}

}  // namespace spillway::cli
