// Attribution on variants of the example deal: each made by editing the text of its files.

#include "spillway/compare/attribution.h"

#include <algorithm>
#include <cmath>
#include <random>

#include "../cli/workspace.h"
#include "../unit/issue_lines.h"
#include "spillway/io/load.h"

using namespace spillway;
using compare::Attribution;
using compare::Ingredient;

namespace {

class AttributionTest : public Workspace {
 protected:
  compare::Side side(double speed = 1.0, bool to_call = true) const {
    io::Loaded loaded = io::load_inputs(file("deal.yaml"));
    EXPECT_TRUE(loaded.inputs) << testing::PrintToString(lines(loaded.issues));
    return {std::move(*loaded.inputs), std::move(loaded.definition), {"pricing", speed, to_call, {}}};
  }

  // Drops the tape's loans of a state.
  void drop_state(const std::string& state) const {
    std::istringstream in{text("tape.csv")};
    std::string line, kept;
    while (std::getline(in, line)) {
      if (line.find("," + state + ",") == std::string::npos) kept += line + '\n';
    }
    write("tape.csv", kept);
  }

  // Makes the ingredient another than the example's.
  void alter(Ingredient ingredient) const {
    switch (ingredient) {
      case Ingredient::speed: return change("scenarios.yaml", "arm: 30 CPR", "arm: 25 CPR");
      case Ingredient::curve: return change("scenarios.yaml", "libor_1m: 1.12%, libor_6m: 1.20%", "libor_1m: 1.62%, libor_6m: 1.70%");
      case Ingredient::credit:
        return change("scenarios.yaml", "    hedges: none", "    default: 2 CDR\n    severity: 40%\n    recovery_lag: 6\n    hedges: none");
      case Ingredient::collateral: return drop_state("IL");
      case Ingredient::oc: return change("deal.yaml", "oc_target: if(date <= 2004-06-25, 0, 0.50%", "oc_target: if(date <= 2004-06-25, 0, 0.75%");
      case Ingredient::hedge: return change("scenarios.yaml", "hedges: none", "hedges: deal");
      case Ingredient::call: return change("deal.yaml", "pool.balance.ending <= 25%", "pool.balance.ending <= 10%");
      case Ingredient::structure: return change("deal.yaml", "margin: 1.20%", "margin: 1.30%");
    }
  }

  static Attribution attributed(compare::Side a, compare::Side b, const compare::AttributionRequest& request = {}) {
    auto made = compare::attribute(std::move(a), std::move(b), request);
    EXPECT_EQ(lines(made.issues), Lines{});
    return made.ok() ? std::move(*made) : Attribution{};
  }

  // The parts add up to the change, those in order and those averaged.
  static void expect_sums(const Attribution& made) {
    for (const auto& line : made.changes) {
      ASSERT_TRUE(line.a && line.b) << line.class_name << ' ' << line.measure;
      double in_order = 0.0, average = 0.0;
      for (const auto& part : line.parts) {
        in_order += part.in_order.value();
        average += part.average.value_or(0.0);
      }
      EXPECT_NEAR(in_order, *line.b - *line.a, 1e-9) << line.class_name << ' ' << line.measure;
      if (made.has_average) EXPECT_NEAR(average, *line.b - *line.a, 1e-9) << line.class_name << ' ' << line.measure;
    }
  }

  static std::vector<std::string> part_names(const Attribution& made) {
    std::vector<std::string> names;
    for (const auto& part : made.parts) names.push_back(part.name());
    return names;
  }
};

}  // namespace

TEST_F(AttributionTest, equal_runs_have_nothing_to_attribute) {
  const Attribution made = attributed(side(), side(), {.with_average = true});
  EXPECT_EQ(made.changes.size(), 30u);  // five measures of six classes
  for (const auto& line : made.changes) {
    EXPECT_EQ(*line.a, *line.b);
    for (const auto& part : line.parts) {
      for (const auto& value : {part.in_order, part.first, part.last, part.average}) EXPECT_EQ(value, 0.0) << line.measure;
    }
  }
}

TEST_F(AttributionTest, measures_are_those_of_the_price_dm_pages) {
  const Attribution made = attributed(side(), side());
  const auto& lines_of_a1 = made.changes;
  EXPECT_EQ(lines_of_a1[0].measure, "average_life");
  EXPECT_NEAR(*lines_of_a1[0].a, 2.16, 0.005);     // published
  EXPECT_NEAR(*lines_of_a1[1].a, 35.0, 1e-6);
  EXPECT_NEAR(*lines_of_a1[2].a, 2.13, 0.005);
  EXPECT_EQ(*lines_of_a1[3].a, 1.0);
  EXPECT_EQ(*lines_of_a1[4].a, 47.0);
}

TEST_F(AttributionTest, an_ingredient_changed_alone_is_attributed_to_itself_alone) {
  const compare::Side a = side();
  const std::string deal = text("deal.yaml"), scenarios = text("scenarios.yaml"), tape = text("tape.csv");
  for (const Ingredient changed : compare::all_ingredients()) {
    SCOPED_TRACE(compare::name_of(changed));
    alter(changed);
    const Attribution made = attributed(a, side(), {.price = 99.0, .with_average = true});
    double most = 0.0;
    for (const auto& line : made.changes) {
      for (std::size_t p = 0; p < made.parts.size(); ++p) {
        const auto& part = line.parts[p];
        const bool own = made.parts[p].ingredients.front() == changed;
        const double expected = own ? *line.b - *line.a : 0.0;
        for (const auto& value : {part.in_order, part.first, part.last}) EXPECT_EQ(value, expected) << line.class_name << ' ' << line.measure;
        EXPECT_NEAR(part.average.value(), expected, 1e-12);
      }
      most = std::max(most, std::fabs(*line.b - *line.a));
    }
    EXPECT_GT(most, 1e-4);  // it does something
    write("deal.yaml", deal), write("scenarios.yaml", scenarios), write("tape.csv", tape);
  }
}

TEST_F(AttributionTest, another_speed_or_end_of_one_deal_is_told_apart) {
  const Attribution made = attributed(side(), side(1.5, false));
  for (const auto& line : made.changes) {
    if (line.measure != "average_life") continue;
    EXPECT_LT(*line.parts[0].in_order, -0.5);  // speed
    EXPECT_GT(*line.parts[6].in_order, 0.1);   // call
    for (const std::size_t p : {1, 2, 3, 4, 5, 7}) EXPECT_EQ(*line.parts[p].in_order, 0.0);
  }
  expect_sums(made);
}

TEST_F(AttributionTest, parts_add_up_whatever_changes_and_in_any_order) {
  const compare::Side a = side();
  const std::string deal = text("deal.yaml"), scenarios = text("scenarios.yaml"), tape = text("tape.csv");
  std::mt19937 random(20031201);
  for (int trial = 0; trial < 12; ++trial) {
    std::vector<Ingredient> order = compare::all_ingredients();
    std::shuffle(order.begin(), order.end(), random);
    for (const Ingredient ingredient : compare::all_ingredients()) {
      if (random() % 2 == 0) alter(ingredient);
    }
    const Attribution made = attributed(a, side(trial % 3 == 0 ? 0.8 : 1.0), {.order = order, .price = 99.5, .with_average = trial % 4 == 0});
    expect_sums(made);
    for (std::size_t p = 0; p < order.size(); ++p) EXPECT_EQ(made.parts[p].ingredients.front(), order[p]);
    for (const auto& line : made.changes) {
      EXPECT_EQ(line.parts.front().in_order, line.parts.front().first);
      EXPECT_NEAR(*line.parts.back().in_order, *line.parts.back().last, 0.0);
    }
    write("deal.yaml", deal), write("scenarios.yaml", scenarios), write("tape.csv", tape);
  }
}

TEST_F(AttributionTest, a_call_that_stands_on_a_quantity_of_its_own_deal_is_taken_with_the_structure) {
  const compare::Side a = side();
  change("deal.yaml", "quantities:", "quantities:\n  small_pool: 10% * pool.balance.cut_off");
  change("deal.yaml", "pool.balance.ending <= 25% * pool.balance.cut_off", "pool.balance.ending <= small_pool");
  const auto made = compare::attribute(a, side());
  ASSERT_TRUE(made.ok());
  ASSERT_EQ(made.issues.size(), 1u);
  EXPECT_EQ(made.issues[0].what, "call is taken together with structure: nothing is called small_pool");
  EXPECT_EQ(part_names(*made).back(), "call + structure");
  EXPECT_EQ(made->parts.size(), 7u);
  EXPECT_GT(*made->changes[0].parts.back().in_order, 0.3);
  expect_sums(*made);
}

TEST_F(AttributionTest, a_deal_without_the_others_target_keeps_it_with_the_structure) {
  const compare::Side a = side();
  change("deal.yaml", "  oc_target: if(date <= 2004-06-25, 0, 0.50% * pool.balance.cut_off)", "  needed: if(date <= 2004-06-25, 0, 0.75% * pool.balance.cut_off)");
  change("deal.yaml", "  oc_deficiency: max(0, oc_target -", "  deficiency: max(0, needed -");
  change("deal.yaml", "amount: oc_deficiency", "amount: deficiency");
  change("scenarios.yaml", "  oc_target: oc_target", "  oc_target: needed");
  const auto made = compare::attribute(a, side());
  ASSERT_TRUE(made.ok());
  ASSERT_EQ(made.issues.size(), 1u);
  EXPECT_EQ(made.issues[0].what.find("oc is taken together with structure: nothing is called "), 0u) << made.issues[0].what;
  EXPECT_EQ(part_names(*made).back(), "oc + structure");
  expect_sums(*made);
}

TEST_F(AttributionTest, rules_on_loans_go_with_their_tape_and_with_the_same_tape_stand_alone) {
  change("scenarios.yaml", "    hedges: none", "    default: 2 CDR\n    severity: 40%\n    hedges: none");
  const compare::Side a = side();
  change("scenarios.yaml", "severity: 40%\n", "severity: 40%\n    credit_rules: [{where: orig_ltv > 80, multiple: 200%}]\n");
  const Attribution same_tape = attributed(a, side());
  EXPECT_EQ(same_tape.parts.size(), 8u);
  EXPECT_LT(*same_tape.changes[0].parts[2].in_order, 0.0);
  drop_state("IL");
  const auto made = compare::attribute(a, side());
  ASSERT_TRUE(made.ok());
  ASSERT_EQ(made.issues.size(), 1u);
  EXPECT_EQ(made.issues[0].what, "credit is taken together with collateral: its rules were worked out on the loans of its own tape");
  EXPECT_EQ(part_names(*made)[2], "credit + collateral");
  expect_sums(*made);
}

TEST_F(AttributionTest, an_index_of_one_deal_alone_joins_curve_and_structure) {
  const compare::Side a = side();
  change("deal.yaml", "indices:", "indices:\n  prime: Prime Rate");
  change("deal.yaml", "stated_rate: min(libor_1m", "stated_rate: min(prime - 3.00%");
  change("scenarios.yaml", "cmt_1y: 1.29%", "cmt_1y: 1.29%, prime: 4.12%");
  change("scenarios.yaml", "    indices: {forward: curves.csv}", "    indices: {forward: curves.csv, spreads: {prime: {over: libor_1m, by: 3.00%}}}");
  const auto made = compare::attribute(a, side());
  ASSERT_TRUE(made.ok()) << testing::PrintToString(lines(made.issues));
  ASSERT_EQ(made.issues.size(), 1u);
  EXPECT_EQ(made.issues[0].what, "curve is taken together with structure: the scenario gives no path for index prime of the other deal");
  EXPECT_EQ(part_names(*made).back(), "curve + structure");
  expect_sums(*made);
}

TEST_F(AttributionTest, deals_of_other_dates_keep_their_loans) {
  const compare::Side a = side();
  change("deal.yaml", "cut_off: 2003-12-01", "cut_off: 2003-11-01");
  const auto made = compare::attribute(a, side());
  ASSERT_TRUE(made.ok()) << testing::PrintToString(lines(made.issues));
  EXPECT_EQ(made.issues.at(0).what, "collateral is taken together with structure: the deals have other cut-off or first payment dates");
  expect_sums(*made);
}

TEST_F(AttributionTest, classes_of_one_deal_alone_are_left_out_and_said) {
  const compare::Side a = side();
  std::string renamed = text("deal.yaml");
  for (std::size_t at = 0; (at = renamed.find("M-4", at)) != std::string::npos;) renamed.replace(at, 3, "M-5");
  write("deal.yaml", renamed);
  const auto made = compare::attribute(a, side());
  ASSERT_TRUE(made.ok());
  EXPECT_EQ(lines(made.issues), (Lines{"warning: class M-4 is in A alone: it is left out", "warning: class M-5 is in B alone: it is left out"}));
  EXPECT_EQ(made->changes.size(), 25u);
  const auto asked = compare::attribute(a, side(), {.classes = {"A-1", "M-4"}});
  EXPECT_FALSE(asked.ok());
  EXPECT_EQ(lines(asked.issues).at(0).find("error: no class of both deals is called M-4"), 0u);
}

TEST_F(AttributionTest, a_deal_of_twice_the_size_differs_in_nothing) {
  const compare::Side a = side();
  compare::Side b = a;
  for (double& balance : b.inputs.pool.balance) balance *= 2;
  for (auto& written : b.definition.classes) written.original_balance *= 2;
  const auto made = compare::attribute(a, std::move(b));
  ASSERT_TRUE(made.ok());
  ASSERT_EQ(made.issues.size(), 1u);
  EXPECT_NE(made.issues[0].what.find("their amounts are scaled with the classes"), std::string::npos);
  for (const auto& line : made->changes) {
    for (const auto& part : line.parts) {
      for (const auto& value : {part.in_order, part.first, part.last}) EXPECT_NEAR(value.value(), 0.0, 1e-7) << line.measure;
    }
  }
}

TEST_F(AttributionTest, threads_change_no_bit) {
  const compare::Side a = side();
  for (const Ingredient ingredient : compare::all_ingredients()) alter(ingredient);
  const compare::Side b = side();
  const Attribution one = attributed(a, b, {.threads = 1}), many = attributed(a, b, {.threads = 4});
  for (std::size_t l = 0; l < one.changes.size(); ++l) {
    for (std::size_t p = 0; p < one.parts.size(); ++p) EXPECT_EQ(one.changes[l].parts[p].in_order, many.changes[l].parts[p].in_order);
  }
}

TEST_F(AttributionTest, pages_leave_out_what_no_part_changes_and_rows_that_repeat_the_order) {
  const compare::Side a = side();
  alter(Ingredient::speed);
  const Attribution one = attributed(a, side());
  const auto pages = compare::attribution_pages(one);
  ASSERT_GE(pages.size(), 2u);
  EXPECT_EQ(pages[0].name, "average_life");
  EXPECT_EQ(pages[0].rows.size(), 6u);    // first and last are as in order
  EXPECT_EQ(pages[0].columns.size(), 6u);  // class, taken, A, speed, B, change
  const auto unchanged = compare::unchanged_measures(one);
  EXPECT_NE(std::find(unchanged.begin(), unchanged.end(), "First principal"), unchanged.end());
  EXPECT_EQ(compare::parts_without_effect(one).size(), 7u);
  EXPECT_EQ(compare::attribution_table(one).rows.size(), 30u * 8u);  // all of them

  alter(Ingredient::call);
  const auto both = compare::attribution_pages(attributed(a, side()));
  EXPECT_EQ(both[0].rows.size(), 18u);
  EXPECT_EQ(both[0].columns.size(), 7u);
}

TEST_F(AttributionTest, with_nothing_changed_there_are_no_pages) {
  const Attribution made = attributed(side(), side());
  EXPECT_TRUE(compare::attribution_pages(made).empty());
  EXPECT_EQ(compare::unchanged_measures(made).size(), 5u);
}
