// Deals that bear losses in sequence, over small pools of assumed loans that default: what must hold whatever happens.

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>

#include "../unit/small_deal.h"
#include "../unit/small_pool.h"
#include "spillway/analytics/loss.h"
#include "spillway/engine/break_evens.h"

using namespace spillway;
using cashflow::ClassCashFlows;
using cashflow::DealCashFlows;
using small_pool::Loan;

namespace {

int whole(int low, int high) { return *rc::gen::inRange(low, high + 1); }
bool one_in(int of) { return whole(1, of) == 1; }
double part(int low, int high) { return whole(low, high) / 1e4; }

// Level-pay loans, some interest only at first, that pass through `lowest_net_rate` or more.
std::vector<Loan> any_loans(int count, double lowest_net_rate) {
  std::vector<Loan> loans;
  for (int i = 0; i < count; ++i) {
    Loan loan;
    loan.balance = whole(1, 5'000) * 100.0;
    loan.remaining_term = whole(1, 60);
    loan.age = whole(0, 30);
    if (one_in(3)) loan.interest_only_months = loan.age + whole(1, 40);
    loan.servicing = part(0, 100);
    loan.trustee = part(0, 5);
    loan.gross_rate = lowest_net_rate + loan.servicing + loan.trustee + part(0, 600);
    loans.push_back(loan);
  }
  return loans;
}

double total_of(const std::vector<Loan>& loans) {
  double total = 0;
  for (const Loan& loan : loans) total += loan.balance;
  return total;
}

// Defaults at a constant rate, with a lag, no advances; prepayment as it comes.
assumptions::Scenario any_scenario(double cdr) {
  assumptions::Scenario scenario;
  if (!one_in(3)) scenario.prepayment["all"] = assumptions::Cpr{part(0, 6'000)};
  assumptions::Credit& credit = scenario.credit;
  credit.defaults["all"] = assumptions::Cdr{cdr};
  credit.severity = {part(500, 10'000)};
  credit.recovery_lag = one_in(3) ? 0 : whole(1, 15);
  credit.order = one_in(2) ? assumptions::DefaultOrder::on_opening : assumptions::DefaultOrder::before_prepayment;
  return scenario;
}

engine::Inputs inputs_of(const std::string& text, const std::vector<Loan>& loans, const assumptions::Scenario& scenario) {
  engine::Inputs inputs;
  inputs.deal = small_deal::resolve(text);
  inputs.pool = small_pool::make(loans, {"all"}, {});
  engine::ScenarioDefinition definition;
  definition.name = "any";
  definition.assumptions = scenario;
  definition.indices = rates::IndexPaths({rates::flat_path("libor_1m", 0.0)});
  inputs.scenarios.push_back(std::move(definition));
  return inputs;
}

engine::RunSet runs_of(const engine::Inputs& inputs, const std::vector<engine::CreditChange>& changes) {
  std::vector<engine::RunRequest> requests;
  for (const auto& change : changes) {
    engine::RunRequest request;
    request.scenario = "any";
    request.credit = change;
    requests.push_back(request);
  }
  auto set = engine::run_scenarios(inputs, requests, {1, false});
  RC_ASSERT(lines(set.issues) == Lines{});
  return std::move(*set);
}

engine::CreditChange at_cdr(double cdr) {
  engine::CreditChange change;
  change.cdr = cdr;
  return change;
}

std::string dollars(double amount) { return std::to_string(amount); }

std::string names_of(int classes, bool from_below = false) {
  std::string all;
  for (int c = 0; c < classes; ++c) all += (c > 0 ? ", C" : "C") + std::to_string(from_below ? classes - 1 - c : c);
  return "[" + all + "]";
}

// The balances of classes that add up to a little less than the pool.
std::string any_classes(int classes, double pool, const std::function<std::string()>& rate) {
  std::string text = "classes:\n  defaults: {unpaid_interest_rate: rate}\n";
  double left = pool * part(8'500, 10'000);
  for (int c = 0; c < classes; ++c) {
    const double balance = c + 1 == classes ? left : left * part(2'000, 8'000);
    text += "  C" + std::to_string(c) + ": {balance: " + dollars(balance) + ", rate: " + rate() + "}\n";
    left -= balance;
  }
  return text + "parties: {Owner: residual}\n";
}

std::string percent(double rate) { return std::to_string(100.0 * rate) + "%"; }

// Interest in order, principal in order with excess up to a target, losses from below, then what is owed in order: the
// sequential deal of a document.
std::string sequential_deal(int classes, double pool) {
  const std::string down = names_of(classes), up = names_of(classes, true);
  return small_deal::head() + any_classes(classes, pool, [] { return percent(part(0, 1'000)); }) +
         "funds: {cash: pool.interest.net + pool.principal}\n"
         "accounts: {Reserve: {opening: " + dollars(pool * part(0, 200)) + ", target: 1% * pool.balance.ending, earns: 3%}}\n"
         "triggers: {lost: {when: pool.losses.cumulative > 2% * pool.balance.cut_off, cure: never}}\n"
         "quantities:\n"
         "  target: if(lost, " + percent(part(0, 1'000)) + ", " + percent(part(0, 1'000)) + ") * pool.balance.ending\n"
         "  to_target: max(0, classes.balance - max(0, pool.balance.ending - target))\n"
         "waterfall:\n"
         "  - {pay: interest, from: [cash, Reserve], to: {sequential: " + down + "}}\n"
         "  - {pay: principal, from: cash, amount: to_target, to: {sequential: " + down + "}}\n"
         "  - {pay: write_down, amount: \"max(0, classes.balance - pool.balance.ending)\", to: {sequential: " + up + "}}\n"
         "  - {pay: unpaid_interest, from: cash, to: {sequential: " + down + "}}\n"
         "  - {pay: allocated_loss, from: cash, to: {sequential: " + down + "}}\n"
         "  - {pay: deposit, from: cash, to: Reserve}\n"
         "  - {pay: residual, from: [cash, Reserve], amount: cash + Reserve.excess, to: Owner}\n";
}

// Each class is paid all it is owed before the next one is paid anything; all bear one rate.
std::string strict_deal(int classes, double pool, double rate) {
  std::string text = small_deal::head() + any_classes(classes, pool, [rate] { return percent(rate); }) +
                     "funds: {cash: pool.interest.net + pool.principal}\nwaterfall:\n";
  for (int c = 0; c < classes; ++c) {
    for (const char* pay : {"interest", "unpaid_interest", "principal"}) {
      text += std::string("  - {pay: ") + pay + ", from: cash, to: C" + std::to_string(c) + "}\n";
    }
  }
  return text + "  - {pay: residual, from: cash, to: Owner}\n";
}

double cash_of_all(const DealCashFlows& flows) {
  double total = 0;
  for (const ClassCashFlows& bond : flows.classes) total += analytics::total_cash(bond);
  for (double paid : flows.parties[0].values) total += paid;
  return total;
}

double present_value(const ClassCashFlows& bond, double rate) {
  double value = 0;
  for (std::size_t t = 0; t < bond.ending_balance.size(); ++t) value += bond.cash(t) * std::pow(1.0 + rate / 12.0, -double(t + 1));
  return value;
}

}  // namespace

RC_GTEST_PROP(SequentialDeals, pay_no_class_before_a_senior_one_is_satisfied, ()) {
  const std::vector<Loan> loans = any_loans(whole(1, 6), 0.0);
  const int classes = whole(2, 4);
  const engine::Inputs inputs = inputs_of(sequential_deal(classes, total_of(loans)), loans, any_scenario(part(0, 6'000)));
  const DealCashFlows flows = std::move(runs_of(inputs, {{}}).runs[0].flows);
  double written_down = 0;
  for (std::size_t t = 0; t < flows.periods(); ++t) {
    for (std::size_t senior = 0; senior < flows.classes.size(); ++senior) {
      const ClassCashFlows& a = flows.classes[senior];
      written_down += a.written_down[t];
      const bool interest_short = a.interest_paid[t] < a.interest_due[t] - 1e-6;
      if (interest_short) RC_ASSERT(a.principal_paid[t] <= 1e-6);
      // While a class is short the owner gets what the account releases, at most.
      const bool is_owed = a.unpaid_interest[t] > 1e-6 || a.allocated_loss[t] > 1e-6;
      if (is_owed) RC_ASSERT(flows.parties[0].values[t] <= flows.accounts[0].draws[t] + 1e-6);
      for (std::size_t junior = senior + 1; junior < flows.classes.size(); ++junior) {
        const ClassCashFlows& b = flows.classes[junior];
        if (interest_short) RC_ASSERT(b.interest_paid[t] <= 1e-6 && b.principal_paid[t] <= 1e-6);
        if (a.ending_balance[t] > 1e-6) RC_ASSERT(b.principal_paid[t] <= 1e-6);
        if (a.written_down[t] > 1e-6) RC_ASSERT(b.principal_paid[t] <= 1e-6 && b.ending_balance[t] <= 1e-6);
        if (a.unpaid_interest[t] > 1e-6) RC_ASSERT(b.unpaid_interest_paid[t] <= 1e-6 && b.allocated_loss_paid[t] <= 1e-6);
        if (a.allocated_loss[t] > 1e-6) RC_ASSERT(b.allocated_loss_paid[t] <= 1e-6);
      }
    }
  }
  RC_CLASSIFY(written_down > 0, "written down");
}

// A higher CDR never raises a class's cash: true of its present value, in deals that pay each class all it is owed before the next,
// at one rate r no higher than any loan's net rate, with unpaid interest bearing r; without advances; at whatever constant
// prepayment, severity and lag. With r = 0 the present value is the cash itself.
//
// Why. The claims bear r and so do the discount factors: the first k classes get min(their balances, D), D the present value at r of
// all that the pool brings, and class k gets the difference of two such, which does not fall as D rises. And D does not rise with
// the rate of default in any month: let a part z of the balance B at default come back, discounted for the lag. What goes on to
// perform is worth at least z B / (1 + r) at any month's start, by going backwards from maturity: it may default, which brings
// z B at the month's end; or prepay, which brings more than B; or pay interest >= r B and principal P and go on, which brings
// I + P + z (B - P) / (1 + r) >= z B. The last line also says that a loan which pays is worth no less than one which defaults.
//
// It is false of the cash itself where r is above 0, as the test after this one shows: a class that is paid later earns more. It
// is false of present values where a class bears more than the loans, whose default then spares the trust a loss.
RC_GTEST_PROP(StrictDeals, give_no_class_more_present_value_at_a_higher_rate_of_default, ()) {
  const double rate = one_in(3) ? 0.0 : part(1, 900);
  const std::vector<Loan> loans = any_loans(whole(1, 6), rate);
  const double pool = total_of(loans);
  assumptions::Scenario scenario = any_scenario(0.05);
  if (one_in(3)) scenario.credit.severity = {part(0, 300)};  // where a default may cost less than waiting
  const engine::Inputs inputs = inputs_of(strict_deal(whole(2, 4), pool, rate), loans, scenario);
  const double low = one_in(2) ? part(0, 1'000) : part(0, 9'000), high = low + part(1, 1'000);
  const engine::RunSet set = runs_of(inputs, {at_cdr(low), at_cdr(high)});
  const DealCashFlows &less = set.runs[0].flows, &more = set.runs[1].flows;
  for (std::size_t c = 0; c < less.classes.size(); ++c) {
    RC_ASSERT(present_value(less.classes[c], rate) >= present_value(more.classes[c], rate) - 1e-9 * pool);
    if (rate == 0.0) RC_ASSERT(analytics::total_cash(less.classes[c]) >= analytics::total_cash(more.classes[c]) - 1e-9 * pool);
  }
  // Of all classes and the owner together it is true of the cash too: it is the pool's.
  RC_ASSERT(cash_of_all(less) >= cash_of_all(more) - 1e-9 * pool);
  RC_CLASSIFY(more.classes.back().ending_balance.back() > 1.0, "the last class loses");
}

TEST(StrictDeals, may_pay_a_class_more_cash_at_a_higher_rate_of_default_because_later) {
  const std::vector<Loan> loans{{.balance = 1'000, .gross_rate = 0.08, .remaining_term = 60}};
  assumptions::Scenario scenario;
  scenario.credit.defaults["all"] = assumptions::Cdr{0.0};
  scenario.credit.severity = {1.0};
  const std::string text = small_deal::head() + "classes: {A: {balance: 500, rate: 6%}, B: {balance: 450, rate: 6%}}\n"
                           "parties: {Owner: residual}\nfunds: {cash: pool.interest.net + pool.principal}\nwaterfall:\n"
                           "  - {pay: interest, from: cash, to: A}\n  - {pay: principal, from: cash, to: A}\n"
                           "  - {pay: interest, from: cash, to: B}\n  - {pay: principal, from: cash, to: B}\n"
                           "  - {pay: residual, from: cash, to: Owner}\n";
  const engine::Inputs inputs = inputs_of(text, loans, scenario);
  const auto set = engine::run_scenarios(inputs, {{.scenario = "any", .credit = at_cdr(0.0)}, {.scenario = "any", .credit = at_cdr(0.1)}});
  ASSERT_TRUE(set.ok());
  const ClassCashFlows &less = set->runs[0].flows.classes[0], &more = set->runs[1].flows.classes[0];
  EXPECT_NEAR(more.ending_balance.back(), 0, 1e-9);  // whole in both, later in the second
  EXPECT_GT(analytics::total_cash(more), analytics::total_cash(less) + 1.0);
  EXPECT_NEAR(present_value(more, 0.06), present_value(less, 0.06), 1e-6);
}

RC_GTEST_PROP(SequentialDeals, lose_nothing_at_the_break_even_and_something_above_and_break_even_later_the_more_senior, ()) {
  // 1%, so that what late loans hold back never leaves the fees unpaid.
  const std::vector<Loan> loans = any_loans(whole(1, 4), 0.01);
  const int classes = whole(2, 3);
  assumptions::Scenario scenario = any_scenario(0.05);
  if (one_in(3)) scenario.credit.delinquency = {.days_30 = part(0, 500), .days_60 = part(0, 300)};
  const engine::Inputs inputs = inputs_of(sequential_deal(classes, total_of(loans)), loans, scenario);
  std::vector<engine::BreakEvenRequest> requests;
  for (const auto& bond : inputs.deal.classes) requests.push_back({.class_name = bond.name, .run = {.scenario = "any"}});
  const auto rows = engine::find_break_evens(inputs, requests, {1, false});
  RC_ASSERT(lines(rows.issues) == Lines{});
  double senior = 1.0;
  for (std::size_t c = 0; c < rows->size(); ++c) {
    const analytics::BreakEven& found = (*rows)[c].found;
    using Outcome = analytics::BreakEven::Outcome;
    RC_CLASSIFY(found.outcome == Outcome::found, "found");
    const double rate = found.outcome == Outcome::never ? 1.0 : found.outcome == Outcome::always ? 0.0 : found.rate;
    RC_ASSERT(rate <= senior + 1e-9);
    senior = rate;
    if (found.outcome != Outcome::found) continue;
    const engine::RunSet set = runs_of(inputs, {at_cdr(found.rate), at_cdr(found.above)});
    RC_ASSERT(analytics::class_loss(set.runs[0].flows.classes[c]).principal_loss <= 1.0);
    RC_ASSERT(analytics::class_loss(set.runs[1].flows.classes[c]).principal_loss > 0.0);
    RC_ASSERT(found.above - found.rate <= 1e-10);
  }
}

RC_GTEST_PROP(SequentialDeals, pay_at_a_rate_of_nothing_to_the_last_bit_what_they_pay_without_defaults, ()) {
  const std::vector<Loan> loans = any_loans(100, 0.0);
  const std::string text = sequential_deal(whole(2, 4), total_of(loans));
  assumptions::Scenario with = any_scenario(0.0), without = with;
  with.credit.advances = *rc::gen::element(assumptions::Advances::none, assumptions::Advances::interest,
                                           assumptions::Advances::principal_and_interest);
  without.credit = {};
  const engine::RunSet set = runs_of(inputs_of(text, loans, with), {{}}), plain = runs_of(inputs_of(text, loans, without), {{}, at_cdr(0.0)});
  const DealCashFlows& expected = plain.runs[0].flows;
  for (const DealCashFlows* found : {&set.runs[0].flows, &plain.runs[1].flows}) {
    RC_ASSERT(found->periods() == expected.periods());
    for (std::size_t c = 0; c < expected.classes.size(); ++c) {
      const ClassCashFlows &a = found->classes[c], &b = expected.classes[c];
      for (auto vector : {&ClassCashFlows::beginning_balance, &ClassCashFlows::rate, &ClassCashFlows::interest_due,
                          &ClassCashFlows::interest_paid, &ClassCashFlows::unpaid_interest_paid, &ClassCashFlows::principal_paid,
                          &ClassCashFlows::allocated_loss_paid, &ClassCashFlows::written_down, &ClassCashFlows::unpaid_interest,
                          &ClassCashFlows::allocated_loss, &ClassCashFlows::ending_balance}) {
        RC_ASSERT((a.*vector) == (b.*vector));
      }
    }
    RC_ASSERT(found->parties[0].values == expected.parties[0].values);
    RC_ASSERT(found->triggers[0].values == expected.triggers[0].values);
    RC_ASSERT(found->accounts[0].ending_balance == expected.accounts[0].ending_balance);
    RC_ASSERT(found->pool_ending_balance == expected.pool_ending_balance);
    RC_ASSERT(found->overcollateralization == expected.overcollateralization);
  }
}
