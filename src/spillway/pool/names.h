#pragma once
// Names that many loans share, as numbers. Private to pool.

#include <map>
#include <string>
#include <vector>

namespace spillway::pool {

/// Names, numbered as they are met.
class Names {
 public:
  static constexpr int none = -1;  ///< the number of no name

  int number(const std::string& name);

  std::size_t size() const { return names_.size(); }
  const std::string& operator[](std::size_t number) const { return names_[number]; }

  /// Lists the names whose numbers `column` holds, in the order of `first`, then by name, and makes the column's
  /// numbers positions in that list; `none` stays.
  std::vector<std::string> list_used(const std::vector<std::string>& first, std::vector<int>& column) const;

 private:
  std::map<std::string, int> numbers_;
  std::vector<std::string> names_;
};

}  // namespace spillway::pool
