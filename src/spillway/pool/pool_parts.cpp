#include "spillway/pool/pool_parts.h"

#include <algorithm>

namespace spillway::pool {

namespace {

void renumber(const std::vector<std::string>& whole, std::vector<std::string>& names, std::vector<int>& column) {
  std::vector<int> number;
  for (const std::string& name : names) {
    const auto found = std::find(whole.begin(), whole.end(), name);
    result::require(found != whole.end(), "a part of the pool has a name that the whole lacks");
    number.push_back(static_cast<int>(found - whole.begin()));
  }
  for (int& loan : column) {
    if (loan >= 0) loan = number[static_cast<std::size_t>(loan)];
  }
  names = whole;
}

}  // namespace

void PoolTotals::add(const Pool& part) {
  loans += part.size();
  balance += part.total_balance();
  for (const int term : part.remaining_term) longest_term = std::max(longest_term, term);
  std::vector<std::vector<std::size_t>*> by_term;
  for (const std::string& group : part.groups) by_term.push_back(&loans_by_term[group]);
  for (auto* loans_of : by_term) loans_of->resize(std::max(loans_of->size(), static_cast<std::size_t>(longest_term) + 1));
  for (std::size_t i = 0; i < part.size(); ++i) {
    ++(*by_term[static_cast<std::size_t>(part.group[i])])[static_cast<std::size_t>(part.remaining_term[i])];
  }
  groups.insert(part.groups.begin(), part.groups.end());
  indices.insert(part.indices.begin(), part.indices.end());
}

std::vector<std::string> in_listed_order(const std::vector<std::string>& first, std::set<std::string> used) {
  std::vector<std::string> list;
  for (const std::string& name : first) {
    if (used.erase(name) != 0) list.push_back(name);
  }
  list.insert(list.end(), used.begin(), used.end());
  return list;
}

Pool without_loans(const PoolTotals& totals, const ProductTable& products, calendar::Date cut_off) {
  std::vector<std::string> groups, indices;
  for (const Product& product : products.products) {
    groups.push_back(product.group);
    indices.push_back(product.index);
  }
  Pool made;
  made.cut_off = cut_off;
  made.groups = in_listed_order(groups, totals.groups);
  made.indices = in_listed_order(indices, totals.indices);
  return made;
}

void number_names_as(const Pool& whole, Pool& part) {
  renumber(whole.groups, part.groups, part.group);
  renumber(whole.indices, part.indices, part.index);
}

}  // namespace spillway::pool
