// What an explanation prints adds up to the number asked about, at every level, for every cell of the Impac book.

#include "../unit/issue_lines.h"
#include "explained_deal.h"

namespace spillway::explain {
namespace {

class ImpacExplained : public testing::Test {
 protected:
  static void SetUpTestSuite() { deal_ = new ExplainedDeal("impac-2003-12"); }
  static void TearDownTestSuite() { delete deal_; }
  static Source source() { return deal_->source(); }

  static ExplainedDeal* deal_;
};

ExplainedDeal* ImpacExplained::deal_ = nullptr;

TEST_F(ImpacExplained, PriceDmPagesAddUpFromFormulaToLoans) { deal_->expect_explained("dm_tables", {"class", "scenario", "speed_pct"}, 420); }
TEST_F(ImpacExplained, FrontPageAddsUpFromFormulaToLoans) { deal_->expect_explained("class_summary", {"class"}, 67); }
TEST_F(ImpacExplained, CreditEnhancementAddsUp) { deal_->expect_explained("credit_enhancement", {"class"}, 18); }
TEST_F(ImpacExplained, AvailableRatesAddUpFromFormulaToLoans) { deal_->expect_explained("available_rate", {"period"}, 94); }
TEST_F(ImpacExplained, StratificationsAddUpFromTheirLoans) { deal_->expect_explained("strats", {"table", "label"}, 3400); }
TEST_F(ImpacExplained, PoolSummaryAddsUpFromItsLoans) { deal_->expect_explained("pool_summary", {"item"}, 100); }
TEST_F(ImpacExplained, LossGridAddsUpFromFormulaToLoans) {
  deal_->expect_explained("loss_grid", {"class", "speed_pct", "cdr_pct", "severity_pct"}, 600, 53);
}
TEST_F(ImpacExplained, CreditScheduleAddsUp) { deal_->expect_explained("credit_schedule", {"period"}, 5000, 499); }
TEST_F(ImpacExplained, CollateralLossesAddUpToTheirLoans) { deal_->expect_explained("collateral_losses", {"period"}, 5000, 499); }
TEST_F(ImpacExplained, ResidualAddsUpFromItsSteps) { deal_->expect_explained("residual", {"period"}, 370, 53); }

TEST_F(ImpacExplained, AnswersAPathThatDoesNotFitWithWhatThereIs) {
  EXPECT_EQ(lines(ask(source(), "dm_table/A-1/call/100/wal").issues).front(), "PATH: error: no table is called dm_table; did you mean dm_tables?");
  const auto wrong = ask(source(), "dm_tables/A-9/maturity/155/wall");
  EXPECT_EQ(lines(wrong.issues),
            (Lines{"PATH: error: no class of dm_tables is A-9; did you mean A-1?; a path is dm_tables/<class>/<scenario>/<speed_pct>/<column>",
                   "PATH: error: no speed_pct of dm_tables is 155; known: 0.00, 80.00, 100.00, 150.00, 180.00; a path is dm_tables/<class>/<scenario>/<speed_pct>/<column>",
                   "PATH: error: dm_tables has no column wall; did you mean wal?; a path is dm_tables/<class>/<scenario>/<speed_pct>/<column>"}));
  const auto half = ask(source(), "dm_tables/A-1/call");
  ASSERT_FALSE(half.ok());
  EXPECT_EQ(lines(half.issues).front(),
            "PATH: error: dm_tables/A-1/call is no whole path: it is dm_tables/<class>/<scenario>/<speed_pct>/<column>; speed_pct is one "
            "of: known: 0.00, 80.00, 100.00, 150.00, 180.00");
  EXPECT_EQ(ask(source(), "strats/purpose/REFI/CASH-OUT/fico")->keys, (std::vector<std::string>{"purpose", "REFI/CASH-OUT"}));
  EXPECT_EQ(ask(source(), "dm_tables/A-1/maturity/150%/wal")->path(), "dm_tables/A-1/maturity/150.00/wal");
}

TEST_F(ImpacExplained, IsAboutThePeriodAskedFor) {
  const auto question = *ask(source(), "dm_tables/A-1/maturity/150/wal");
  const auto runs = *engine::run_scenarios(source().inputs, runs_of(source(), question), {0, true});
  Options options;
  options.period = 7;
  EXPECT_EQ(explain(source(), question, runs, options)->behind.front().name, "period 7");
  options.period = 400;
  EXPECT_EQ(lines(explain(source(), question, runs, options).issues),
            (Lines{"PATH: error: the run has no period 400; its last one is 360"}));
  options.period = 0;
  options.rows = options.loans = 0;
  expect_adds_up(*explain(source(), question, runs, options));
}

// Deals of other kinds: accounts, triggers, accruals, notionals, losses.
TEST(OtherDealsExplained, AddUpFromCashFlowsToLoans) {
  for (const char* deal : {"auto-reserve", "subprime", "pac-support", "sequential-z", "shifting-interest", "auto-abs", "fannie-2025-21"}) {
    const io::Loaded loaded = io::load_inputs(std::string(SPILLWAY_SOURCE_DIR) + "/examples/" + deal + "/deal.yaml");
    ASSERT_TRUE(loaded.inputs) << deal;
    const Source source{*loaded.inputs, loaded.definition};
    const auto runs = engine::run_scenarios(*loaded.inputs, {runs_of(source, {"cash_flows", {"", "1"}, ""})}, {0, true});
    ASSERT_TRUE(runs.ok()) << deal;
    for (const Shape& shape : shapes(source)) {
      if (shape.table != "cash_flows") continue;
      for (const std::string& who : shape.keys.front().values) {
        for (const char* period : {"1", "2", "13", "30"}) {
          for (const std::string& column : shape.columns) {
            SCOPED_TRACE(std::string(deal) + "/" + who + "/" + period + "/" + column);
            const auto made = explain(source, {"cash_flows", {who, period}, column}, *runs);
            ASSERT_TRUE(made.ok());
            expect_adds_up(*made);
          }
        }
      }
    }
  }
}

}  // namespace
}  // namespace spillway::explain
