#include "spillway/io/load.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <set>
#include <tuple>

#include "spillway/io/files.h"
#include "spillway/io/market_files.h"
#include "spillway/io/scenario_reader.h"
#include "spillway/io/tape_fees.h"
#include "spillway/io/tape_parts.h"
#include "spillway/io/tape_reader.h"
#include "spillway/market/holidays.h"
#include "spillway/pool/cohort_order.h"
#include "spillway/pool/rep_lines.h"

namespace spillway::io {

namespace {

namespace fs = std::filesystem;
using result::Issue;

// Term sheets let class balances vary by as much from the pool.
constexpr double kBalanceTolerance = 0.05;
constexpr int kLongestTermYears = 50;

// Readers report a spot twice where the schema and the meaning both fail there: the first is enough.
std::vector<Issue> once_per_place(std::vector<Issue> issues) {
  std::set<std::tuple<std::string, int, int>> seen;
  std::vector<Issue> kept;
  for (Issue& issue : issues) {
    const bool has_place = issue.where.line > 0 && issue.where.column > 0;
    if (!has_place || seen.insert({issue.where.file, issue.where.line, issue.where.column}).second) {
      kept.push_back(std::move(issue));
    }
  }
  return kept;
}

collateral::FeesBeforeJoining fees_before_joining(const std::string& word) {
  if (word == "never") return collateral::FeesBeforeJoining::never;
  if (word == "always") return collateral::FeesBeforeJoining::always;
  return collateral::FeesBeforeJoining::first_period;
}

class Loader {
 public:
  Loader(const fs::path& deal_file, const LoadOptions& options)
      : deal_file_(deal_file), folder_(deal_file.parent_path()), options_(options) {}

  Loaded run() {
    auto text = read_file(deal_file_);
    if (!text.ok()) return {std::nullopt, {}, std::move(text.issues)};
    auto read = read_deal(*text, deal_file_.filename().string());
    definition_ = std::move(read.value);
    add(std::move(read.issues));
    if (definition_.classes.empty() && definition_.funds.empty() && definition_.waterfall.empty()) {
      return {std::nullopt, std::move(definition_), once_per_place(std::move(issues_))};  // no deal to say more of
    }
    if (!(definition_.assumed_loans.empty() ? read_tape_and_pool() : assume_pool())) runnable_ = false;
    resolve_deal();
    read_swap_file();
    read_scenario_file();
    read_texts();
    if (inputs_.parts) {
      inputs_.parts->has_rules = parts_rules_.any;
      inputs_.parts->for_each_tape = [tape = TapeInParts(parts_source_->tape, parts_source_->plan, inputs_.parts->tape_loans)](const auto& use) mutable {
        return tape.for_each(use);
      };
      inputs_.parts->for_each = PartsReader(std::move(*parts_source_), inputs_.pool, inputs_.parts->totals, std::move(parts_rules_));
    }
    inputs_.business_days = market::business_calendar(
        definition_.business_days == "new_york" ? "new_york" : "weekends",
        std::max(1970, static_cast<int>(definition_.cut_off.year())),
        std::max(1970, static_cast<int>(definition_.cut_off.year())) + kLongestTermYears);
    Loaded loaded;
    loaded.issues = once_per_place(std::move(issues_));
    if (options_.strict && result::has_errors(loaded.issues)) runnable_ = false;
    if (runnable_) loaded.inputs = std::move(inputs_);
    loaded.files = std::move(files_);
    loaded.definition = std::move(definition_);
    return loaded;
  }

 private:
  void add(std::vector<Issue> issues) {
    if (result::has_errors(issues)) runnable_ = false;
    result::append(issues_, std::move(issues));
  }

  // The text of a file that the deal file names; a missing one is reported where it is named.
  std::optional<std::string> text_of(const deal::Text& name) {
    if (name.empty()) return std::nullopt;
    auto text = read_file(folder_ / name.text);
    if (text.ok()) files_.push_back(name.text);
    for (Issue& issue : text.issues) {
      issue.where = name.where;
      issue.what += ": " + name.text;
    }
    add(std::move(text.issues));
    return std::move(text.value);
  }

  bool read_product_file() {
    const bool standard = !definition_.products_file || definition_.products_file->text == "standard";
    result::Result<pool::ProductTable> products;
    if (standard) {
      products = standard_products();
    } else {
      const auto text = text_of(*definition_.products_file);
      if (!text) return false;
      products = read_products(*text, definition_.products_file->text);
    }
    add(std::move(products.issues));
    if (products.value) inputs_.products = std::move(*products.value);
    return products.value.has_value();
  }

  std::optional<TapeMapping> read_mapping() {
    if (!definition_.mapping_file) return std::nullopt;
    const auto text = text_of(*definition_.mapping_file);
    if (!text) return std::nullopt;
    auto mapping = read_tape_mapping(*text, definition_.mapping_file->text);
    add(std::move(mapping.issues));
    return std::move(mapping.value);
  }

  bool read_tape_and_pool() {
    const bool has_products = read_product_file();
    const auto mapping = read_mapping();
    const MemoryPlan plan = memory_plan();
    if (plan.block_bytes > 0) return has_products && (!definition_.mapping_file || mapping) && read_parts(mapping, plan);
    auto text = text_of_tape();
    if (!has_products || !text || (definition_.mapping_file && !mapping)) {
      if (has_products) check_fee_groups();
      return false;
    }
    auto tape = read_tape(*text, definition_.tape_file.text, inputs_.products, definition_.cut_off, mapping);
    text.reset();  // a large tape need not be held twice
    result::append(issues_, std::move(tape.issues));  // bad rows are left out; they alone stop nothing
    inputs_.tape = std::move(tape.value);
    own_groups_ = own_groups(inputs_.tape);
    check_fee_groups();
    if (inputs_.tape.size() == 0) return false;
    if (!definition_.cut_off.ok() || !definition_.schedule.first_payment.ok()) return false;
    const calendar::Date first_payment = definition_.schedule.first_payment;
    const calendar::Date first_due{first_payment.year(), first_payment.month(), std::chrono::day{1}};
    const pool::FeeTerms fees = fee_terms(definition_, known_groups(inputs_.products, own_groups_));
    auto pool = pool::make_pool(inputs_.tape, inputs_.products, fees, first_due);
    result::append(issues_, std::move(pool.issues));
    inputs_.pool = pool::in_cohort_order(std::move(pool.value));
    inputs_.collateral.fees_before_joining = fees_before_joining(definition_.fees_before_joining);
    check_balances();
    OtherFees others;
    count_other_fees(inputs_.pool, fees, others);
    add(warnings_of(others, inputs_.pool.groups, definition_.tape_file.text));
    return inputs_.pool.size() > 0;
  }

  std::optional<std::string> text_of_tape() {
    if (options_.tape.empty()) return text_of(definition_.tape_file);
    auto text = read_file(options_.tape);
    add(std::move(text.issues));
    definition_.tape_file.text = options_.tape.string();  // what messages call it
    return std::move(text.value);
  }

  // How to hold the tape to the limit; blocks of no size: it can be held whole.
  MemoryPlan memory_plan() {
    const fs::path tape = folder_ / definition_.tape_file.text;
    if (!options_.tape.empty()) return {};  // is held
    MemoryPlan plan = options_.memory ? plan_memory(tape, *options_.memory, options_.use) : MemoryPlan{};
    if (options_.block_bytes > 0) plan = {options_.block_bytes, 0, std::nullopt};
    return plan;
  }

  // A first reading that finds every problem and keeps no loan.
  bool read_parts(const std::optional<TapeMapping>& mapping, const MemoryPlan& plan) {
    if (plan.least) {
      add({too_low(plan, definition_.tape_file.where)});
      return false;
    }
    const TapeSource tape{folder_ / definition_.tape_file.text, definition_.tape_file.text, inputs_.products, mapping, definition_.cut_off};
    parts_source_.emplace(PartsSource{tape, definition_, plan});
    TapeSurvey found = survey_tape(*parts_source_);
    result::append(issues_, std::move(found.tape_issues));
    own_groups_ = found.groups;
    check_fee_groups();
    if (found.tape_loans == 0 || !parts_source_->makes_loans()) return false;
    result::append(issues_, std::move(found.pool_issues));
    inputs_.tape.file = tape.name;
    inputs_.tape.cut_off = definition_.cut_off;
    inputs_.pool = pool::without_loans(found.totals, inputs_.products, definition_.cut_off);
    inputs_.parts.emplace(engine::LoanParts{{}, {}, found.totals, found.tape_loans});
    inputs_.collateral.fees_before_joining = fees_before_joining(definition_.fees_before_joining);
    check_balances();
    add(warnings_of(found.other_fees, inputs_.pool.groups, tape.name));
    return found.totals.loans > 0;
  }

  // A pool of the loans that the deal file itself assumes.
  bool assume_pool() {
    std::vector<pool::RepLine> lines;
    for (const deal::AssumedLoan& loan : definition_.assumed_loans) {
      if (!(loan.balance > 0.0) || loan.remaining_term < 1) return false;  // the schema said so
      if (loan.net_rate > loan.rate) {
        add({result::error(loan.where, "the rate passed through is above the mortgage rate", "net_rate is the mortgage rate less fees")});
      }
      if (loan.original_term > 0 && loan.original_term < loan.remaining_term) {
        add({result::error(loan.where, "more payments remain than the loan had", "check original_term and remaining")});
      }
      lines.push_back({loan.group.text, loan.balance, loan.rate, loan.net_rate, loan.remaining_term, loan.age,
                       loan.interest_only_months});
    }
    inputs_.pool = pool::in_cohort_order(pool::make_pool(lines, definition_.cut_off));
    check_balances();
    return true;
  }

  void check_fee_groups() {
    const std::vector<std::string> groups = known_groups(inputs_.products, own_groups_);
    for (const deal::Text& group : definition_.fee_groups) {
      if (std::find(groups.begin(), groups.end(), group.text) != groups.end()) continue;
      add({result::error(group.where, "no loan is in a loan group " + group.text,
                         result::suggestion(group.text, groups))});
    }
  }

  void check_balances() {
    double classes = 0.0;
    for (const auto& written : definition_.classes) {
      if (written.notional) continue;
      if (!(written.original_balance > 0.0)) return;  // reported by itself
      classes += written.original_balance;
    }
    const double pool = inputs_.parts ? inputs_.parts->totals.balance : inputs_.pool.total_balance();
    if (!(pool > 0.0) || std::abs(classes - pool) <= kBalanceTolerance * pool) return;
    char text[160];
    std::snprintf(text, sizeof text, "the classes add to $%.2f, the pool to $%.2f: %.1f%% apart", classes, pool,
                  100.0 * std::abs(classes - pool) / pool);
    const result::Location where =
        definition_.classes.empty() ? result::Location{definition_.file, 0, 0} : definition_.classes.front().name.where;
    add({result::error({where.file, where.line, 0}, text,
                       "check the class balances and the tape; they may differ by 5% at most")});
  }

  std::vector<std::string> loan_groups() const {
    if (!inputs_.pool.groups.empty()) return inputs_.pool.groups;
    std::vector<std::string> groups;
    for (const pool::Product& product : inputs_.products.products) {
      if (std::find(groups.begin(), groups.end(), product.group) == groups.end()) groups.push_back(product.group);
    }
    return groups;
  }

  void resolve_deal() {
    auto deal = deal::resolve(definition_, loan_groups());
    add(std::move(deal.issues));
    if (deal.ok()) inputs_.deal = std::move(*deal);
    // The pool's own indices need a name in the deal, or no scenario could give their path.
    for (const std::string& index : inputs_.pool.indices) {
      const bool known = std::any_of(definition_.indices.begin(), definition_.indices.end(),
                                     [&](const auto& entry) { return entry.first.text == index; });
      if (!known) {
        add({result::error({definition_.file, 0, 0}, "loans of the pool follow the index " + index +
                                                         ", which the deal does not list", "add it under 'indices'")});
      }
    }
  }

  void read_swap_file() {
    if (!definition_.hedges) return;
    const auto text = text_of(definition_.hedges->swaps_file);
    if (!text) return;
    auto swaps = read_swaps(*text, definition_.hedges->swaps_file.text);
    add(std::move(swaps.issues));
    if (swaps.value) inputs_.swaps = std::move(*swaps.value);
  }

  void read_scenario_file() {
    if (!definition_.scenarios_file) return;
    const auto text = text_of(*definition_.scenarios_file);
    if (!text) return;
    ScenarioContext context;
    context.folder = folder_;
    context.groups = loan_groups();
    for (const auto& [name, title] : definition_.indices) context.indices.push_back(name.text);
    for (const auto& quantity : definition_.quantities) context.quantities.push_back(quantity.name.text);
    for (const auto& written : definition_.classes) context.classes.push_back(written.name.text);
    for (const auto& written : definition_.combinations) context.classes.push_back(written.name.text);
    for (const auto& [name, title] : definition_.parties) context.parties.push_back(name.text);
    context.longest_term = inputs_.longest_term();
    context.rules_by_part = inputs_.parts.has_value();
    if (inputs_.parts) parts_rules_ = {*text, definition_.scenarios_file->text, context, text->find("credit_rules") != std::string::npos};
    if (inputs_.pool.size() > 0) context.pool = &inputs_.pool;
    context.tape = &inputs_.tape;
    context.products = &inputs_.products;
    auto set = read_scenarios(*text, definition_.scenarios_file->text, context);
    add(std::move(set.issues));
    if (!set.value) return;
    files_.insert(files_.end(), set.value->files.begin(), set.value->files.end());
    inputs_.scenarios = std::move(set.value->scenarios);
    inputs_.plan = std::move(set.value->plan);
  }

  void read_texts() {
    if (definition_.document_file) {
      if (const auto text = text_of(*definition_.document_file)) {
        auto document = read_document(*text, definition_.document_file->text);
        add(std::move(document.issues));
        if (document.value) inputs_.document = std::move(*document.value);
      }
    }
    const bool standard = !definition_.strats_file || definition_.strats_file->text == "standard";
    if (standard) {
      inputs_.strats = std::move(*standard_strats());
    } else if (const auto text = text_of(*definition_.strats_file)) {
      auto strats = read_strats(*text, definition_.strats_file->text);
      add(std::move(strats.issues));
      if (strats.value) inputs_.strats = std::move(*strats.value);
    }
  }

  fs::path deal_file_;
  fs::path folder_;
  LoadOptions options_;
  deal::DealDefinition definition_;
  engine::Inputs inputs_;
  std::set<std::string> own_groups_;  // loan groups that the tape names itself
  std::optional<PartsSource> parts_source_;
  PartRules parts_rules_;
  std::vector<Issue> issues_;
  std::vector<std::string> files_;
  bool runnable_ = true;
};

}  // namespace

Loaded load_inputs(const std::filesystem::path& deal_file, const LoadOptions& options) {
  return Loader(deal_file, options).run();
}

}  // namespace spillway::io
