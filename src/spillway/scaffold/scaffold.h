#pragma once
// A deal to start from: files with a small structure that runs, every section explained.

#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "spillway/result/issue.h"

namespace spillway::scaffold {

struct Template {
  std::string_view name;   ///< "floater"
  std::string_view what;   ///< one sentence
};

/// The structures there are to start from.
std::span<const Template> templates();

/// What is wrong with a name for a deal and its folder: letters, digits, '-', '_' and '.', a letter or digit first, at most 60
/// characters. Nothing if it can be used.
std::vector<result::Issue> issues_of_name(std::string_view name);

/// The files of a deal like the template of that name, under the deal's name: file name and bytes. Errors: a name that cannot be
/// used, a template that is not there.
result::Result<std::vector<std::pair<std::string, std::string>>> make_files(std::string_view name, std::string_view like);

}  // namespace spillway::scaffold
