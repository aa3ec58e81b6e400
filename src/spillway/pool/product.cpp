#include "spillway/pool/product.h"

#include <algorithm>
#include <string_view>

namespace spillway::pool {

const Product* ProductTable::find(std::string_view name) const {
  const auto found = std::find_if(products.begin(), products.end(), [&](const Product& p) { return p.name == name; });
  return found == products.end() ? nullptr : &*found;
}

std::vector<std::string> ProductTable::names() const {
  std::vector<std::string> all;
  for (const Product& product : products) all.push_back(product.name);
  return all;
}

std::optional<std::string> ProductTable::index_name(std::string_view word) const {
  for (const auto& [on_tape, name] : index_names) {
    if (on_tape == word || name == word) return name;
  }
  for (const Product& product : products) {
    if (product.adjustable && product.index == word) return product.index;
  }
  return std::nullopt;
}

std::vector<std::string> ProductTable::index_words() const {
  std::vector<std::string> words;
  for (const auto& [on_tape, name] : index_names) words.push_back(on_tape);
  for (const Product& product : products) {
    const bool known = std::find(words.begin(), words.end(), product.index) != words.end();
    if (product.adjustable && !known) words.push_back(product.index);
  }
  return words;
}

}  // namespace spillway::pool
