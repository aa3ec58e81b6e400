#pragma once
// Issues as the lines a user reads, for comparing in tests.

#include <string>
#include <vector>

#include "spillway/result/issue.h"

inline std::vector<std::string> lines(const std::vector<spillway::result::Issue>& issues) {
  std::vector<std::string> all;
  for (const auto& issue : issues) all.push_back(to_text(issue));
  return all;
}

using Lines = std::vector<std::string>;
