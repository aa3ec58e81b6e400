#pragma once
// Texts of which few are equal, packed one after another: a loan id costs its characters and eight bytes.

#include <cstddef>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace spillway::pool {

/// A list of texts that only grows. Views of its texts hold until the next `push_back`.
class PackedTexts {
 public:
  PackedTexts() = default;
  PackedTexts(std::initializer_list<std::string_view> texts) {
    for (std::string_view text : texts) push_back(text);
  }

  void reserve(std::size_t texts, std::size_t characters) {
    ends_.reserve(texts);
    characters_.reserve(characters);
  }

  void push_back(std::string_view text) {
    characters_.append(text);
    ends_.push_back(characters_.size());
  }

  std::size_t size() const { return ends_.size(); }

  std::string_view operator[](std::size_t i) const {
    const std::size_t start = i == 0 ? 0 : ends_[i - 1];
    return std::string_view{characters_}.substr(start, ends_[i] - start);
  }

  friend bool operator==(const PackedTexts& list, std::span<const std::string> texts) {
    bool same = list.size() == texts.size();
    for (std::size_t i = 0; same && i < texts.size(); ++i) same = list[i] == texts[i];
    return same;
  }

 private:
  std::string characters_;
  std::vector<std::size_t> ends_;
};

}  // namespace spillway::pool
