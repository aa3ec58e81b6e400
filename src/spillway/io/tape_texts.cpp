#include "spillway/io/tape_texts.h"

#include <bit>

namespace spillway::io {

namespace {

std::size_t quick_slot(std::string_view text, std::size_t slots) {
  if (text.empty()) return 0;
  const auto code = [](char c) { return static_cast<std::size_t>(static_cast<unsigned char>(c)); };
  return (text.size() + 3 * code(text.front()) + 5 * code(text.back())) % slots;
}

std::size_t hash_of(std::string_view text) { return std::hash<std::string_view>{}(text); }

std::uint32_t tag_of(std::size_t hash) { return static_cast<std::uint32_t>(std::uint64_t{hash} >> 32); }

}  // namespace

void TextCoder::append(pool::TextColumn& column, std::string_view text) {
  std::uint32_t& code = recent_[quick_slot(text, recent_.size())];
  if (column.labels.empty() || column.labels[code] != text) {
    auto known = code_of_.find(text);
    if (known == code_of_.end()) {
      known = code_of_.emplace(text, static_cast<std::uint32_t>(column.labels.size())).first;
      column.labels.emplace_back(text);
    }
    code = known->second;
  }
  column.codes.push_back(code);
}

void SeenIds::reserve(std::size_t ids, std::size_t characters, std::size_t slots) {
  ids_.reserve(ids, characters);
  lines_.reserve(ids);
  resize_slots(slots);
}

std::optional<int> SeenIds::note(std::string_view id, int line) {
  if (5 * lines_.size() >= 4 * slots_.size()) resize_slots(2 * lines_.size() + 16);
  const std::size_t hash = hash_of(id);
  const std::size_t mask = slots_.size() - 1;
  std::size_t at = hash & mask;
  for (; slots_[at].place != 0; at = (at + 1) & mask) {
    const std::size_t first = slots_[at].place - 1;
    if (slots_[at].tag == tag_of(hash) && ids_[first] == id) return lines_[first];
  }
  ids_.push_back(id);
  lines_.push_back(line);
  slots_[at] = {tag_of(hash), static_cast<std::uint32_t>(lines_.size())};
  return std::nullopt;
}

void SeenIds::resize_slots(std::size_t least) {
  slots_.assign(std::bit_ceil(least), {});
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t i = 0; i < ids_.size(); ++i) {
    const std::size_t hash = hash_of(ids_[i]);
    std::size_t at = hash & mask;
    while (slots_[at].place != 0) at = (at + 1) & mask;
    slots_[at] = {tag_of(hash), static_cast<std::uint32_t>(i + 1)};
  }
}

}  // namespace spillway::io
