// Runs for the page's script.

#include <algorithm>
#include <cmath>
#include <map>
#include <string>

#include "spillway/report/html_data.h"
#include "spillway/report/packed.h"

namespace spillway::report {

namespace {

using book::RunView;
using book::ViewSeries;

constexpr int kMoneyDigits = 4;  // sums and quotients of amounts come out as they print
constexpr int kRateDigits = 10;  // of a percent: interest on a billion comes out to the cent
constexpr int kRatioDigits = 12;

std::vector<double> day_numbers(const std::vector<calendar::Date>& dates) {
  std::vector<double> numbers;
  for (const calendar::Date date : dates) numbers.push_back(day_number(date));
  return numbers;
}

std::string packed_series(const ViewSeries& series) {
  if (series.exact) return packed_doubles(series.values);
  if (series.unit == "dollars") return packed(series.values, kMoneyDigits);
  if (series.unit == "percent") return packed(series.values, kRateDigits);
  const bool whole = std::all_of(series.values.begin(), series.values.end(), [](double v) { return v == std::round(v); });
  return whole ? packed(series.values, 0) : packed(series.values, kRatioDigits);
}

Json number_or_null(const std::optional<double>& number) { return number ? Json(*number) : Json(); }

class Views {
 public:
  Json json(const std::vector<RunView>& views, const std::vector<book::CarriedRun>& carried) {
    for (const RunView& view : views) note_schedule(view);
    for (const book::CarriedRun& run : carried) note_schedule(run.view);
    Json list = Json::array(), others = Json::array();
    for (const RunView& view : views) list.push_back(view_json(view));
    for (const book::CarriedRun& run : carried) {
      others.push_back(view_json(run.view));
      others.back().update({{"table", run.table}, {"cdr", number_or_null(run.cdr_pct)}, {"severity", number_or_null(run.severity_pct)},
                            {"level", number_or_null(run.index_pct)}});
    }
    Json schedules = Json::array();
    for (const RunView* longest : schedules_) {
      schedules.push_back({{"dates", packed(day_numbers(longest->dates), 0)},
                           {"paid", packed(day_numbers(longest->paid), 0)},
                           {"days", packed_doubles(longest->days)},
                           {"count", longest->periods()}});
    }
    return {{"series", series_}, {"steps", steps_}, {"schedules", std::move(schedules)}, {"views", std::move(list)},
            {"carried", std::move(others)}};
  }

 private:
  static bool is_start_of(const RunView& part, const RunView& whole) {
    return part.periods() <= whole.periods() && std::equal(part.dates.begin(), part.dates.end(), whole.dates.begin()) &&
           std::equal(part.paid.begin(), part.paid.end(), whole.paid.begin()) &&
           std::equal(part.days.begin(), part.days.end(), whole.days.begin());
  }

  // Keeps the longest of the schedules that begin alike.
  void note_schedule(const RunView& view) {
    for (const RunView*& known : schedules_) {
      if (is_start_of(view, *known)) return;
      if (is_start_of(*known, view)) {
        known = &view;
        return;
      }
    }
    schedules_.push_back(&view);
  }

  std::size_t schedule_of(const RunView& view) const {
    return static_cast<std::size_t>(std::find_if(schedules_.begin(), schedules_.end(),
                                                 [&](const RunView* known) { return is_start_of(view, *known); }) -
                                    schedules_.begin());
  }

  // Position of what a series or a step is in the list of all, to which a new one is added.
  static std::size_t position(Json what, Json& all, std::map<std::string, std::size_t>& known) {
    const auto [at, is_new] = known.emplace(what.dump(-1, ' ', false, Json::error_handler_t::replace), all.size());
    if (is_new) all.push_back(std::move(what));
    return at->second;
  }

  Json list_json(const std::vector<ViewSeries>& list) {
    Json json = Json::array();
    for (const ViewSeries& one : list) {
      Json what = {{"name", one.name}, {"title", one.title}, {"unit", one.unit}};
      if (!one.formula.empty()) what["formula"] = one.formula;
      json.push_back(position(std::move(what), series_, known_series_));
      json.push_back(packed_series(one));
    }
    return json;
  }

  Json class_json(const book::ClassView& bond) {
    const analytics::FloaterMeasures& m = bond.measures;
    return {{"name", bond.name},
            {"notional", bond.is_notional},
            {"original", bond.original_balance},
            {"accrued", bond.accrued},
            {"dm", number_or_null(m.discount_margin)},
            {"wal", number_or_null(m.average_life)},
            {"mdur", number_or_null(m.modified_duration)},
            {"window", m.window ? Json{m.window->first, m.window->last} : Json()},
            {"series", list_json(bond.series)},
            {"terms", list_json(bond.rate_terms)}};
  }

  Json steps_json(const RunView& view) {
    Json json = Json::array();
    for (const book::StepView& step : view.steps) {
      json.push_back(position({{"section", step.section}, {"pay", step.pay}, {"receiver", step.receiver}}, steps_, known_steps_));
      json.push_back(packed(step.amounts, kMoneyDigits));
    }
    return json;
  }

  Json view_json(const RunView& view) {
    Json classes = Json::array();
    for (const book::ClassView& bond : view.classes) classes.push_back(class_json(bond));
    return {{"scenario", view.scenario},
            {"speed", view.speed_pct},
            {"to_call", view.to_call},
            {"price", view.price},
            {"count", view.periods()},
            {"called", view.call_period},
            {"schedule", schedule_of(view)},
            {"index", view.index_rates.empty() ? Json() : Json(packed(view.index_rates, kRateDigits))},
            {"pool", list_json(view.pool)},
            {"deal", list_json(view.deal)},
            {"quantities", list_json(view.quantities)},
            {"parties", list_json(view.parties)},
            {"triggers", list_json(view.triggers)},
            {"accounts", list_json(view.accounts)},
            {"classes", std::move(classes)},
            {"steps", steps_json(view)}};
  }

  Json series_ = Json::array(), steps_ = Json::array();
  std::map<std::string, std::size_t> known_series_, known_steps_;
  std::vector<const RunView*> schedules_;
};

}  // namespace

Json views_json(const std::vector<RunView>& views, const std::vector<book::CarriedRun>& carried) { return Views().json(views, carried); }

}  // namespace spillway::report
