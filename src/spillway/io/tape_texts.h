#pragma once
// Texts of a tape: columns coded by dictionary, and loan ids that come twice. Private to the tape reader.

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "spillway/pool/loan_tape.h"

namespace spillway::io {

struct TextHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
};

template <class T>
using ByText = std::unordered_map<std::string, T, TextHash, std::equal_to<>>;

/// Appends texts to one column, each as the code of its label.
class TextCoder {
 public:
  void append(pool::TextColumn& column, std::string_view text);

 private:
  ByText<std::uint32_t> code_of_;
  std::array<std::uint32_t, 64> recent_{};  // codes last met, by what is quick to see of their text
};

/// The loan ids met so far, each with its line.
class SeenIds {
 public:
  /// `slots`: places for them in the table at least, more than there are ids.
  void reserve(std::size_t ids, std::size_t characters, std::size_t slots);

  /// Notes that `id` stands on `line`. If it was noted before, gives the line of that time and notes nothing.
  std::optional<int> note(std::string_view id, int line);

 private:
  struct Slot {
    std::uint32_t tag = 0;    // part of the hash
    std::uint32_t place = 0;  // position in ids_ from 1; 0: free
  };

  void resize_slots(std::size_t least);

  pool::PackedTexts ids_;
  std::vector<int> lines_;
  std::vector<Slot> slots_;  // open addressing; a power of two, at most four fifths full
};

}  // namespace spillway::io
