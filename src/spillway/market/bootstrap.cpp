#include "spillway/market/bootstrap.h"

#include <ql/indexes/ibor/usdlibor.hpp>
#include <ql/math/interpolations/loginterpolation.hpp>
#include <ql/settings.hpp>
#include <ql/termstructures/yield/piecewiseyieldcurve.hpp>
#include <ql/termstructures/yield/ratehelpers.hpp>
#include <ql/time/calendars/nullcalendar.hpp>
#include <ql/time/daycounters/actual360.hpp>
#include <ql/time/daycounters/actual365fixed.hpp>
#include <ql/time/daycounters/thirty360.hpp>

#include <algorithm>
#include <set>

namespace spillway::market {

namespace {

namespace ql = QuantLib;

struct ForwardIndex {
  const char* name;
  int months;
};
constexpr ForwardIndex kIndices[] = {{"libor_1m", 1}, {"libor_3m", 3}, {"libor_6m", 6}, {"libor_1y", 12}};

ql::Date to_ql(calendar::Date date) {
  return {static_cast<ql::Day>(static_cast<unsigned>(date.day())),
          static_cast<ql::Month>(static_cast<unsigned>(date.month())), static_cast<int>(date.year())};
}

boost::shared_ptr<ql::RateHelper> helper(const Quote& quote) {
  const ql::Handle<ql::Quote> rate(boost::make_shared<ql::SimpleQuote>(quote.rate));
  const ql::Period tenor(quote.tenor_months, ql::Months);
  const ql::NullCalendar no_holidays;
  if (quote.tenor_months <= 12) {
    return boost::make_shared<ql::DepositRateHelper>(rate, tenor, 0, no_holidays, ql::Unadjusted, false, ql::Actual360());
  }
  const auto floating = boost::make_shared<ql::IborIndex>("LIBOR", ql::Period(3, ql::Months), 0, ql::USDCurrency(),
                                                          no_holidays, ql::Unadjusted, false, ql::Actual360());
  return boost::make_shared<ql::SwapRateHelper>(rate, tenor, no_holidays, ql::Semiannual, ql::Unadjusted,
                                                ql::Thirty360(ql::Thirty360::BondBasis), floating);
}

using Curve = ql::PiecewiseYieldCurve<ql::Discount, ql::LogCubic>;

// Restores QuantLib's global evaluation date when done.
class EvaluationDate {
 public:
  explicit EvaluationDate(const ql::Date& date) { ql::Settings::instance().evaluationDate() = date; }

 private:
  ql::SavedSettings saved_;
};

double forward(const Curve& curve, const ql::Date& start, int months) {
  const ql::Date end = start + ql::Period(months, ql::Months);
  const double years = static_cast<double>(end - start) / 360.0;
  return (curve.discount(start, true) / curve.discount(end, true) - 1.0) / years;
}

std::vector<result::Issue> check(std::span<const Quote> quotes) {
  std::vector<result::Issue> issues;
  if (quotes.size() < 2) {
    issues.push_back(result::error(quotes.empty() ? result::Location{} : quotes.front().where,
                                   "a curve needs at least two quotes"));
  }
  std::set<int> seen;
  for (const Quote& quote : quotes) {
    if (!seen.insert(quote.tenor_months).second) {
      issues.push_back(result::error(quote.where, "this tenor is quoted twice", "keep one of the two"));
    }
    if (quote.rate <= -0.05 || quote.rate >= 0.5) {
      issues.push_back(result::error(quote.where, "a quote of " + std::to_string(100.0 * quote.rate) +
                                                      "% a year is out of range", "quotes are in percent a year"));
    }
  }
  return issues;
}

// Fits the curve and returns what `read` takes from it.
template <class Made, class Read>
result::Result<Made> from_curve(std::span<const Quote> quotes, calendar::Date as_of, Read read) {
  if (auto issues = check(quotes); !issues.empty()) return {std::nullopt, std::move(issues)};
  std::vector<Quote> ordered(quotes.begin(), quotes.end());
  std::sort(ordered.begin(), ordered.end(), [](const Quote& a, const Quote& b) { return a.tenor_months < b.tenor_months; });
  const ql::Date start = to_ql(as_of);
  const EvaluationDate today(start);
  std::vector<boost::shared_ptr<ql::RateHelper>> helpers;
  for (const Quote& quote : ordered) helpers.push_back(helper(quote));
  try {
    const ql::LogCubic natural(ql::CubicInterpolation::Spline, false, ql::CubicInterpolation::SecondDerivative, 0.0,
                               ql::CubicInterpolation::SecondDerivative, 0.0);
    return {read(Curve(start, helpers, ql::Actual365Fixed(), natural)), {}};
  } catch (const std::exception& fault) {
    return {std::nullopt, {result::error(ordered.front().where, std::string("no curve fits these quotes: ") + fault.what(),
                                         "check tenors and rates")}};
  }
}

}  // namespace

std::vector<std::string> forward_index_names() {
  std::vector<std::string> names;
  for (const ForwardIndex& index : kIndices) names.emplace_back(index.name);
  return names;
}

result::Result<std::vector<rates::IndexPath>> bootstrap_forwards(std::span<const Quote> quotes, calendar::Date as_of,
                                                                 int months) {
  return from_curve<std::vector<rates::IndexPath>>(quotes, as_of, [&](const Curve& curve) {
    std::vector<rates::IndexPath> paths;
    for (const ForwardIndex& index : kIndices) {
      rates::IndexPath path{index.name, {}, {}};
      for (int month = 0; month <= months; ++month) {
        const calendar::Date date = calendar::add_months(as_of, month);
        path.dates.push_back(date);
        path.rates.push_back(forward(curve, to_ql(date), index.months));
      }
      paths.push_back(std::move(path));
    }
    return paths;
  });
}

result::Result<rates::DiscountCurve> bootstrap_discount_curve(std::span<const Quote> quotes, calendar::Date as_of,
                                                              int months) {
  return from_curve<rates::DiscountCurve>(quotes, as_of, [&](const Curve& curve) {
    std::vector<calendar::Date> dates;
    std::vector<double> factors;
    for (int month = 0; month <= months; ++month) {
      dates.push_back(calendar::add_months(as_of, month));
      factors.push_back(curve.discount(to_ql(dates.back()), true));
    }
    return rates::DiscountCurve(std::move(dates), std::move(factors));
  });
}

}  // namespace spillway::market
