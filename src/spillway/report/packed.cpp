#include "spillway/report/packed.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <string_view>
#include <vector>

namespace spillway::report {

namespace {

// Series of a pool that runs off are smooth: the differences of a few orders get ever smaller, until rounding to cents shows.
constexpr int kHighestOrder = 6;
constexpr double kLargest = 70368744177664.0;  // 2^46: differences of the highest order stay exact in a double

std::string base64(std::string_view bytes) {
  static constexpr char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  text.reserve((bytes.size() + 2) / 3 * 4);
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    std::uint32_t three = 0;
    for (std::size_t k = 0; k < 3; ++k) three = three << 8 | (i + k < bytes.size() ? static_cast<unsigned char>(bytes[i + k]) : 0u);
    for (std::size_t k = 0; k < 4; ++k) text += i + k <= bytes.size() ? digits[(three >> (18 - 6 * k)) & 63] : '=';
  }
  return text;
}

void add_varint(std::string& bytes, std::uint64_t value) {
  for (; value >= 128; value >>= 7) bytes += static_cast<char>((value & 127) | 128);
  bytes += static_cast<char>(value);
}

std::string varints(std::span<const std::int64_t> values) {
  std::string bytes;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const std::int64_t value = values[i];
    if (value != 0) {
      add_varint(bytes, value > 0 ? 2 * static_cast<std::uint64_t>(value) : 2 * static_cast<std::uint64_t>(-value) - 1);
      continue;
    }
    std::size_t end = i;
    while (end < values.size() && values[end] == 0) ++end;
    bytes += '\0';
    add_varint(bytes, end - i - 1);
    i = end - 1;
  }
  return bytes;
}

}  // namespace

std::string packed_doubles(std::span<const double> values) {
  std::string bytes;
  bytes.reserve(8 * values.size());
  for (const double value : values) {
    const auto bits = std::bit_cast<std::uint64_t>(value);
    for (int shift = 0; shift < 64; shift += 8) bytes += static_cast<char>((bits >> shift) & 255);
  }
  return "f,0," + base64(bytes);
}

std::string packed(std::span<const double> values, int digits) {
  const double scale = std::pow(10.0, digits);
  std::vector<std::int64_t> differences;
  differences.reserve(values.size());
  for (const double value : values) {
    const double scaled = std::round(value * scale);
    if (!(std::fabs(scaled) < kLargest)) return packed_doubles(values);
    differences.push_back(static_cast<std::int64_t>(scaled));
  }
  if (std::all_of(differences.begin(), differences.end(), [](std::int64_t v) { return v == 0; })) return "";
  std::string best;
  int best_order = 0;
  for (int order = 0; order <= kHighestOrder; ++order) {
    if (order > 0) {
      for (std::size_t i = differences.size(); i-- > 1;) differences[i] -= differences[i - 1];
    }
    std::string bytes = varints(differences);
    if (order > 0 && bytes.size() >= best.size()) continue;
    best = std::move(bytes);
    best_order = order;
  }
  return std::to_string(best_order) + "," + std::to_string(digits) + "," + base64(best);
}

}  // namespace spillway::report
