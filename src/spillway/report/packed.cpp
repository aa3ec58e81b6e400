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
  std::string text((bytes.size() + 2) / 3 * 4, '=');
  char* to = text.data();
  const auto put = [&](std::uint32_t three, int count) {
    for (int k = 0; k < count; ++k) to[k] = digits[(three >> (18 - 6 * k)) & 63];
    to += 4;
  };
  const auto byte = [&](std::size_t i) { return std::uint32_t{static_cast<unsigned char>(bytes[i])}; };
  std::size_t i = 0;
  for (; i + 3 <= bytes.size(); i += 3) put(byte(i) << 16 | byte(i + 1) << 8 | byte(i + 2), 4);
  if (bytes.size() - i == 1) put(byte(i) << 16, 2);
  if (bytes.size() - i == 2) put(byte(i) << 16 | byte(i + 1) << 8, 3);
  return text;
}

// Bytes of seven bits each.
std::size_t varint_size(std::uint64_t value) { return (static_cast<std::size_t>(std::bit_width(value | 1)) + 6) / 7; }

void add_varint(std::string& bytes, std::uint64_t value) {
  for (; value >= 128; value >>= 7) bytes += static_cast<char>((value & 127) | 128);
  bytes += static_cast<char>(value);
}

// 1, -1, 2, -2 ... as 2, 1, 4, 3 ...
std::uint64_t unsigned_of(std::int64_t value) {
  return value > 0 ? 2 * static_cast<std::uint64_t>(value) : 2 * static_cast<std::uint64_t>(-value) - 1;
}

// Calls `one(value)` for what is not 0, and `zeros(count)` for what is, run by run.
template <class One, class Zeros>
void for_each_varint(std::span<const std::int64_t> values, One one, Zeros zeros) {
  for (std::size_t i = 0; i < values.size();) {
    if (values[i] != 0) {
      one(unsigned_of(values[i++]));
      continue;
    }
    const std::size_t first = i;
    while (i < values.size() && values[i] == 0) ++i;
    zeros(i - first);
  }
}

std::size_t varints_size(std::span<const std::int64_t> values) {
  std::size_t size = 0;
  for_each_varint(values, [&](std::uint64_t value) { size += varint_size(value); },
                  [&](std::size_t count) { size += 1 + varint_size(count - 1); });
  return size;
}

std::string varints(std::span<const std::int64_t> values) {
  std::string bytes;
  bytes.reserve(varints_size(values));
  for_each_varint(values, [&](std::uint64_t value) { add_varint(bytes, value); },
                  [&](std::size_t count) {
                    bytes += '\0';
                    add_varint(bytes, count - 1);
                  });
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
  std::vector<std::int64_t> best;
  std::size_t best_size = 0;
  int best_order = 0;
  for (int order = 0; order <= kHighestOrder; ++order) {
    if (order > 0) {
      for (std::size_t i = differences.size(); i-- > 1;) differences[i] -= differences[i - 1];
    }
    const std::size_t size = varints_size(differences);
    if (order > 0 && size >= best_size) break;  // what stops shrinking grows
    best = differences;
    best_size = size;
    best_order = order;
  }
  return std::to_string(best_order) + "," + std::to_string(digits) + "," + base64(varints(best));
}

}  // namespace spillway::report
