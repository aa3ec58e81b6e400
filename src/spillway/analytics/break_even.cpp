#include "spillway/analytics/break_even.h"

#include <algorithm>
#include <cmath>

namespace spillway::analytics {

namespace {

class Search {
 public:
  Search(const std::function<double(double)>& value, double threshold, double tolerance)
      : value_(value), threshold_(threshold), tolerance_(tolerance) {}

  BreakEven run(double highest, double step, std::span<const double> known) {
    made_.value = evaluate(0.0);
    if (made_.value > threshold_) {
      made_.outcome = BreakEven::Outcome::always;
      return made_;
    }
    if (!find_bracket(highest, step, known)) {
      made_.outcome = BreakEven::Outcome::never;
      return made_;
    }
    for (int i = 0; i < 200 && made_.above - made_.rate > tolerance_; ++i) narrow();
    return made_;
  }

 private:
  double evaluate(double rate) {
    ++made_.evaluations;
    return made_.tried.emplace_back(rate, value_(rate)).second;
  }

  bool find_bracket(double highest, double step, std::span<const double> known) {
    for (double rate : known) {
      if (!(rate > 0.0) || rate > highest) continue;
      take(rate);
      if (made_.value_above > threshold_) return true;
      step = std::min(2.0 * rate, highest);
    }
    for (double rate = std::min(step, highest);; rate = std::min(2.0 * rate, highest)) {
      take(rate);
      if (made_.value_above > threshold_) return true;
      if (rate >= highest) return false;
    }
  }

  void take(double rate) {
    const double found = evaluate(rate);
    const bool is_above = found > threshold_;
    reach_ = is_above == was_above_ ? 2.0 * reach_ : 1.0;
    was_above_ = is_above;
    if (is_above) {
      next_above_ = made_.above;
      next_value_above_ = made_.value_above;
      made_.above = rate;
      made_.value_above = found;
    } else {
      flat_ = found == made_.value;
      made_.rate = rate;
      made_.value = found;
    }
  }

  // Where the value should cross the threshold: on the line through both ends, or, where nothing is lost at the lower end, so
  // that its value says nothing of how far off the crossing is, through the two lowest values above. NaN: not to be judged.
  double guess() const {
    if (!flat_) {
      const double slope = (made_.value_above - made_.value) / (made_.above - made_.rate);
      return made_.rate + (threshold_ - made_.value) / slope;
    }
    if (!(next_above_ > made_.above)) return std::nan("");
    const double slope = (next_value_above_ - made_.value_above) / (next_above_ - made_.above);
    return made_.above - (made_.value_above - threshold_) / slope;
  }

  // Guesses tend to fall on one side, where they creep: each in a row reaches twice as far from the end it moves, until one
  // falls on the other side. The middle, if that leads out of the bracket or the bracket will not halve.
  void narrow() {
    const double width = made_.above - made_.rate;
    slow_ = width > 0.75 * last_width_ ? slow_ + 1 : 0;
    last_width_ = width;
    double rate = was_above_ || flat_ ? made_.above - reach_ * (made_.above - guess()) : made_.rate + reach_ * (guess() - made_.rate);
    if (slow_ > 3 || !(rate > made_.rate && rate < made_.above)) rate = made_.rate + 0.5 * width;
    const double least = 0.25 * std::min(width, tolerance_);
    take(std::clamp(rate, made_.rate + least, made_.above - least));
  }

  const std::function<double(double)>& value_;
  double threshold_, tolerance_;
  BreakEven made_;
  double next_above_ = 0.0, next_value_above_ = 0.0;
  bool flat_ = true, was_above_ = true;
  double reach_ = 1.0, last_width_ = 1.0;
  int slow_ = 0;
};

}  // namespace

BreakEven find_break_even(const std::function<double(double)>& value, double threshold, double highest, double step,
                          double tolerance, std::span<const double> known) {
  return Search(value, threshold, tolerance).run(highest, step, known);
}

}  // namespace spillway::analytics
