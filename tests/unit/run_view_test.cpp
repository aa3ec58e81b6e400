// Views of runs: what a reader of the book looks into, held against the run itself.

#include "spillway/book/run_view.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "spillway/engine/run_book.h"
#include "spillway/io/load.h"

using namespace spillway;

namespace {

const engine::Inputs& inputs() {
  static const io::Loaded loaded = io::load_inputs(std::string(SPILLWAY_SOURCE_DIR) + "/examples/impac-2003-12/deal.yaml");
  if (!loaded.inputs) throw std::runtime_error("the example does not load");
  return *loaded.inputs;
}

const book::Book& made() {
  static const auto book = engine::run_book(inputs());
  if (!book.ok()) throw std::runtime_error("the example does not run");
  return *book;
}

const book::RunView& view(const std::string& scenario, double speed_pct, bool to_call) {
  const auto found = std::find_if(made().views.begin(), made().views.end(), [&](const book::RunView& v) {
    return v.scenario == scenario && v.speed_pct == speed_pct && v.to_call == to_call;
  });
  if (found == made().views.end()) throw std::runtime_error("no such view");
  return *found;
}

const std::vector<double>& values(const std::vector<book::ViewSeries>& all, const char* name) {
  const book::ViewSeries* series = book::find_series(all, name);
  if (series == nullptr) throw std::runtime_error(std::string("no series ") + name);
  return series->values;
}

TEST(RunView, EveryScenarioIsThereAtEverySpeedToEveryEnd) {
  std::size_t expected = 0;
  for (const auto& scenario : inputs().scenarios) {
    expected += scenario.speeds.size() * (static_cast<std::size_t>(scenario.to_call) + static_cast<std::size_t>(scenario.to_maturity));
  }
  EXPECT_EQ(made().views.size(), expected);
  EXPECT_NO_THROW(view("pricing", 150, false));
  EXPECT_NO_THROW(view("available_rate_shock", 100, true));
}

TEST(RunView, AClassIsPaidTheLeastOfItsRateTerms) {
  for (const book::RunView& run : made().views) {
    for (const book::ClassView& bond : run.classes) {
      ASSERT_EQ(bond.rate_terms.size(), 3U) << bond.name;
      const std::vector<double>& rate = values(bond.series, "rate");
      for (std::size_t t = 0; t < run.periods(); ++t) {
        double least = HUGE_VAL;
        for (const book::ViewSeries& term : bond.rate_terms) least = std::min(least, term.values[t]);
        ASSERT_NEAR(least, rate[t], 1e-12) << run.scenario << ' ' << bond.name << " period " << t + 1;
      }
    }
  }
}

TEST(RunView, TermsAreWrittenAsInTheDealFile) {
  std::vector<std::string> titles;
  for (const book::ViewSeries& term : view("pricing", 100, true).classes[0].rate_terms) titles.push_back(term.title);
  EXPECT_EQ(titles, (std::vector<std::string>{"libor_1m + margin * if(call.passed, step_up, 1)", "11.50%", "available_funds_rate"}));
}

TEST(RunView, StepsAddUpToWhatAClassIsPaid) {
  const book::RunView& run = view("pricing", 100, true);
  for (const book::ClassView& bond : run.classes) {
    const auto& principal = values(bond.series, "principal_paid");
    for (std::size_t t = 0; t < run.periods(); ++t) {
      double paid = 0;
      for (const book::StepView& step : run.steps) {
        if (step.receiver == bond.name && step.pay == "principal") paid += step.amounts[t];
      }
      ASSERT_NEAR(paid, principal[t], 1e-6) << bond.name << " period " << t + 1;
    }
  }
}

TEST(RunView, MeasuresAreThoseOfThePriceTable) {
  const table::Table& rows = book::data_table(made(), "dm_tables");
  const std::size_t wal = table::column_index(rows, "wal"), dm = table::column_index(rows, "dm_bps");
  std::size_t checked = 0;
  for (const table::Row& row : rows.rows) {
    const auto text = [&](const char* column) { return std::get<std::string>(row.cells[table::column_index(rows, column)].value); };
    const book::RunView& run = view("pricing", std::get<double>(row.cells[table::column_index(rows, "speed_pct")].value), text("scenario") == "call");
    const auto bond = std::find_if(run.classes.begin(), run.classes.end(), [&](const auto& c) { return c.name == text("class"); });
    ASSERT_NE(bond, run.classes.end());
    EXPECT_EQ(*bond->measures.average_life, std::get<double>(row.cells[wal].value));
    EXPECT_EQ(1e4 * *bond->measures.discount_margin, std::get<double>(row.cells[dm].value));
    ++checked;
  }
  EXPECT_EQ(checked, 60U);
}

TEST(RunView, ThePoolRunsAtTheCprOfItsCurves) {
  // Past the ramps both loan groups prepay at constant rates, 30 and 20 CPR: the pool lies between.
  const auto& cpr = values(view("pricing", 100, false).pool, "cpr");
  for (std::size_t t = 12; t < 120; ++t) {
    EXPECT_GT(cpr[t], 20.0 - 1e-9);
    EXPECT_LT(cpr[t], 30.0 + 1e-9);
  }
  for (double rate : values(view("pricing", 0, false).pool, "cpr")) EXPECT_EQ(rate, 0.0);
}

TEST(RunView, DefaultsShowAtTheirRate) {
  // 1% of the performing balance a year; in the first months some loans have not joined.
  const auto& cdr = values(view("credit", 100, false).pool, "cdr");
  for (std::size_t t = 3; t < 240; ++t) EXPECT_NEAR(cdr[t], 1.0, 1e-9) << "period " << t + 1;
}

}  // namespace
