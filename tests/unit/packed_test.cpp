#include <cmath>
#include <cstdint>
#include <cstring>
#include <limits>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "spillway/report/packed.h"

using namespace spillway;

namespace {

std::vector<unsigned char> bytes_of(const std::string& base64) {
  const std::string digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::vector<unsigned char> bytes;
  for (std::size_t i = 0; i + 3 < base64.size(); i += 4) {
    std::uint32_t three = 0;
    for (std::size_t k = 0; k < 4; ++k) three = three << 6 | (base64[i + k] == '=' ? 0u : static_cast<std::uint32_t>(digits.find(base64[i + k])));
    for (std::size_t k = 0; k < 3; ++k) {
      if (base64[i + k + 1] != '=') bytes.push_back(static_cast<unsigned char>(three >> (16 - 8 * k)));
    }
  }
  return bytes;
}

// What the page's script does.
std::vector<double> unpacked(const std::string& text, std::size_t count) {
  std::vector<double> values(count, 0.0);
  if (text.empty()) return values;
  const std::size_t comma = text.find(','), second = text.find(',', comma + 1);
  const std::vector<unsigned char> bytes = bytes_of(text.substr(second + 1));
  if (text[0] == 'f') {
    std::memcpy(values.data(), bytes.data(), 8 * count);
    return values;
  }
  std::size_t at = 0;
  const auto varint = [&] {
    std::uint64_t value = 0;
    for (int shift = 0;; shift += 7) {
      value |= static_cast<std::uint64_t>(bytes[at] & 127) << shift;
      if (bytes[at++] < 128) return value;
    }
  };
  for (std::size_t i = 0; i < count; ++i) {
    const std::uint64_t coded = varint();
    if (coded == 0) i += varint();
    else values[i] = coded % 2 == 0 ? static_cast<double>(coded / 2) : -static_cast<double>((coded + 1) / 2);
  }
  for (int order = text[0] - '0'; order > 0; --order) {
    for (std::size_t i = 1; i < count; ++i) values[i] += values[i - 1];
  }
  const double scale = std::pow(10.0, std::stoi(text.substr(comma + 1)));
  for (double& value : values) value /= scale;
  return values;
}

std::vector<double> balances(std::size_t periods) {
  std::vector<double> values;
  for (std::size_t t = 0; t < periods; ++t) values.push_back(std::round(1e9 * std::pow(0.97, static_cast<double>(t)) * 100.0) / 100.0);
  return values;
}

}  // namespace

TEST(Packed, amounts_come_back_to_their_last_digit) {
  const std::vector<double> values = balances(360);
  EXPECT_EQ(unpacked(report::packed(values, 2), values.size()), values);
}

TEST(Packed, a_smooth_series_takes_a_few_characters_a_value) {
  EXPECT_LT(report::packed(balances(360), 2).size(), 360u * 4u);
}

TEST(Packed, signs_runs_of_zeros_and_jumps_come_back) {
  const std::vector<double> values = {0, 0, 0, -1.25, 861000000, 0, 0, 0.01, -0.01, 0};
  EXPECT_EQ(unpacked(report::packed(values, 2), values.size()), values);
  EXPECT_EQ(unpacked(report::packed(std::vector<double>{5}, 0), 1), std::vector<double>{5});
}

TEST(Packed, nothing_but_zeros_is_an_empty_text) {
  EXPECT_EQ(report::packed(std::vector<double>(100, 0.0), 2), "");
  EXPECT_EQ(report::packed(std::vector<double>{}, 2), "");
  EXPECT_EQ(report::packed(std::vector<double>{0.001}, 2), "");
}

TEST(Packed, values_that_do_not_round_so_keep_every_bit) {
  const std::vector<double> values = {1e300, -2.5, std::numeric_limits<double>::infinity(), 1.0 / 3.0};
  EXPECT_EQ(unpacked(report::packed(values, 2), values.size()), values);
  const double nan = std::nan("");
  EXPECT_TRUE(std::isnan(unpacked(report::packed(std::vector<double>{nan}, 2), 1)[0]));
}

TEST(Packed, doubles_keep_every_bit) {
  const std::vector<double> values = {0.1, -0.0, 1e-300, 5.321987654321};
  EXPECT_EQ(unpacked(report::packed_doubles(values), values.size()), values);
}
