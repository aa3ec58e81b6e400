#include "spillway/pool/names.h"

#include <set>

namespace spillway::pool {

int Names::number(const std::string& name) {
  const auto [at, fresh] = numbers_.emplace(name, static_cast<int>(names_.size()));
  if (fresh) names_.push_back(name);
  return at->second;
}

std::vector<std::string> Names::list_used(std::vector<std::string> first, std::vector<int>& column) const {
  std::vector<char> has(names_.size(), 0);
  for (const int number : column) {
    if (number != none) has[static_cast<std::size_t>(number)] = 1;
  }
  std::set<std::string> used;
  for (std::size_t i = 0; i < names_.size(); ++i) {
    if (has[i]) used.insert(names_[i]);
  }
  first.insert(first.end(), used.begin(), used.end());
  std::vector<std::string> list;
  std::vector<int> position(names_.size(), none);
  for (const std::string& name : first) {
    if (used.erase(name) == 0) continue;
    position[static_cast<std::size_t>(numbers_.at(name))] = static_cast<int>(list.size());
    list.push_back(name);
  }
  for (int& number : column) {
    if (number != none) number = position[static_cast<std::size_t>(number)];
  }
  return list;
}

}  // namespace spillway::pool
