#include "spillway/scaffold/scaffold.h"

#include <algorithm>
#include <cctype>

namespace spillway::embedded {
extern const char template_readme[], template_document[];
extern const char template_simple_deal[], template_simple_scenarios[], template_simple_tape[];
extern const char template_sequential_deal[], template_sequential_scenarios[], template_sequential_tape[];
extern const char template_floater_deal[], template_floater_scenarios[], template_floater_tape[];
extern const char template_arm_deal[], template_arm_scenarios[], template_arm_tape[], template_arm_products[];
}  // namespace spillway::embedded

namespace spillway::scaffold {

namespace {

constexpr Template kTemplates[] = {
    {"simple", "A senior and a subordinate class on fixed-rate loans, paid in order."},
    {"sequential", "Three classes paid one after another and an accrual class, on fixed-rate loans."},
    {"floater", "Floating-rate classes with an available funds cap and overcollateralization, on fixed-rate loans."},
    {"arm", "Classes with the pool's average rate and an interest-only strip, on adjustable-rate loans."},
};

using Files = std::vector<std::pair<std::string, std::string>>;

Files own_files(std::string_view like) {
  using namespace embedded;
  if (like == "sequential") {
    return {{"deal.yaml", template_sequential_deal}, {"scenarios.yaml", template_sequential_scenarios}, {"tape.csv", template_sequential_tape}};
  }
  if (like == "floater") {
    return {{"deal.yaml", template_floater_deal}, {"scenarios.yaml", template_floater_scenarios}, {"tape.csv", template_floater_tape}};
  }
  if (like == "arm") {
    return {{"deal.yaml", template_arm_deal}, {"scenarios.yaml", template_arm_scenarios}, {"tape.csv", template_arm_tape},
            {"products.yaml", template_arm_products}};
  }
  return {{"deal.yaml", template_simple_deal}, {"scenarios.yaml", template_simple_scenarios}, {"tape.csv", template_simple_tape}};
}

void replace_all(std::string& text, std::string_view from, std::string_view to) {
  for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
}

bool is_plain(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 && static_cast<unsigned char>(c) < 0x80; }

}  // namespace

std::span<const Template> templates() { return kTemplates; }

std::vector<result::Issue> issues_of_name(std::string_view name) {
  constexpr std::size_t kLongest = 60;
  const std::string shown = "'" + std::string(name) + "'";
  const char* const remedy = "use letters, digits, - _ and ., with a letter or digit first, as in my-deal";
  if (name.empty()) return {result::error({}, "the deal has no name", remedy)};
  if (name.size() > kLongest) return {result::error({}, "the name has " + std::to_string(name.size()) + " characters", "use 60 at most")};
  if (!is_plain(name.front())) return {result::error({}, "a deal's name cannot start as " + shown + " does", remedy)};
  const auto odd = std::find_if(name.begin(), name.end(), [](char c) { return !is_plain(c) && c != '-' && c != '_' && c != '.'; });
  if (odd == name.end()) return {};
  const std::string what = *odd == ' ' ? "a space" : static_cast<unsigned char>(*odd) < 0x20 || static_cast<unsigned char>(*odd) >= 0x7F
                                                         ? "a character that is no plain letter"
                                                         : "the character " + std::string(1, *odd);
  return {result::error({}, "the name " + shown + " holds " + what, remedy)};
}

result::Result<Files> make_files(std::string_view name, std::string_view like) {
  auto issues = issues_of_name(name);
  const auto found = std::find_if(std::begin(kTemplates), std::end(kTemplates), [&](const Template& t) { return t.name == like; });
  if (found == std::end(kTemplates)) {
    std::vector<std::string> names;
    for (const Template& known : kTemplates) names.emplace_back(known.name);
    issues.push_back(result::error({}, "no deal to start from is called " + std::string(like), result::suggestion(like, names)));
  }
  if (!issues.empty()) return {std::nullopt, std::move(issues)};
  Files files = own_files(like);
  files.emplace_back("document.yaml", embedded::template_document);
  files.emplace_back("README.md", embedded::template_readme);
  for (auto& [file, text] : files) {
    replace_all(text, "@NAME@", name);
    replace_all(text, "@WHAT@", found->what);
  }
  return {std::move(files), {}};
}

}  // namespace spillway::scaffold
