#include "spillway/strat/value_test.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>

namespace spillway::strat {

ValueTest::ValueTest(const std::vector<std::string>& values) {
  for (const std::string& value : values) {
    const bool negated = value.starts_with('!');
    (negated ? refused_ : wanted_).add(value.substr(negated ? 1 : 0));
  }
}

void ValueTest::List::add(const std::string& text) {
  texts.push_back(text);
  double number = std::numeric_limits<double>::quiet_NaN();
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (text.empty() || (error == std::errc{} && end == text.data() + text.size())) numbers.push_back(number);
}

bool ValueTest::List::has(const std::string& text) const {
  return std::find(texts.begin(), texts.end(), text) != texts.end();
}

bool ValueTest::List::has(double number) const {
  return std::any_of(numbers.begin(), numbers.end(),
                     [&](double listed) { return std::isnan(listed) ? std::isnan(number) : number == listed; });
}

bool ValueTest::counts(const std::string& text) const {
  return wanted_.has(text) || (!refused_.texts.empty() && !text.empty() && !refused_.has(text));
}

bool ValueTest::counts(double number) const {
  return wanted_.has(number) || (!refused_.texts.empty() && !std::isnan(number) && !refused_.has(number));
}

}  // namespace spillway::strat
