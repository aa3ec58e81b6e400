#include "spillway/pool/names.h"

#include <set>
#include <utility>

#include "spillway/pool/pool_parts.h"

namespace spillway::pool {

int Names::number(const std::string& name) {
  const auto [at, fresh] = numbers_.emplace(name, static_cast<int>(names_.size()));
  if (fresh) names_.push_back(name);
  return at->second;
}

std::vector<std::string> Names::list_used(const std::vector<std::string>& first, std::vector<int>& column) const {
  std::vector<char> has(names_.size(), 0);
  for (const int number : column) {
    if (number != none) has[static_cast<std::size_t>(number)] = 1;
  }
  std::set<std::string> used;
  for (std::size_t i = 0; i < names_.size(); ++i) {
    if (has[i]) used.insert(names_[i]);
  }
  const std::vector<std::string> list = in_listed_order(first, std::move(used));
  std::vector<int> position(names_.size(), none);
  for (std::size_t i = 0; i < list.size(); ++i) position[static_cast<std::size_t>(numbers_.at(list[i]))] = static_cast<int>(i);
  for (int& number : column) {
    if (number != none) number = position[static_cast<std::size_t>(number)];
  }
  return list;
}

}  // namespace spillway::pool
