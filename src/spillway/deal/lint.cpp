#include "spillway/deal/lint.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <set>
#include <utility>

#include "spillway/deal/uses.h"

namespace spillway::deal {

namespace {

constexpr double kEnhancementTolerance = 1e-4;  // 0.01% of the pool

std::string named(const StepDefinition& step) {
  return step.section.empty() ? "the step in line " + std::to_string(step.where.line) : "section " + step.section;
}

class Linter {
 public:
  Linter(const DealDefinition& definition, const Deal& deal, const LintContext& context)
      : definition_(definition), deal_(deal), context_(context), hyphenated_(hyphenated_names(definition)),
        used_(names_in_formulas(definition)) {
    for (const StepDefinition& step : definition.waterfall) receivers_.push_back(receivers_of(step.to, definition));
  }

  std::vector<result::Issue> run() {
    check_indices();
    for (const ClassDefinition& written : definition_.classes) {
      check_payments(written);
      check_step_up(written);
    }
    for (std::size_t c = 0; c < definition_.classes.size(); ++c) {
      check_enhancement(c);
      check_notional(c);
    }
    check_schedules();
    check_parties();
    check_call();
    check_funds();
    check_triggers();
    check_accounts();
    check_interest_below_principal();
    return std::move(issues_);
  }

 private:
  using Where = result::Location;

  // What `defaults` says of all classes is one place, and worth one warning.
  void warn(const Where& where, std::string what, std::string remedy) {
    if (where.line > 0 && !places_.insert({where.line, where.column}).second) return;
    issues_.push_back(result::warning(where, std::move(what), std::move(remedy)));
  }

  bool uses(const std::string& name) const { return used_.contains(name); }

  bool pays(std::size_t step, Pay pay, const std::string& name) const {
    return definition_.waterfall[step].pay == pay && receivers_[step].contains(name);
  }

  bool any_step_pays(Pay pay, const std::string& name) const {
    for (std::size_t s = 0; s < receivers_.size(); ++s) {
      if (pays(s, pay, name)) return true;
    }
    return false;
  }

  bool bears_interest(const ClassDefinition& written) const {
    const auto rate = parse_formula(written.rate, hyphenated_);
    return !rate.ok() || (rate->kind != Expression::Kind::number && rate->kind != Expression::Kind::percent) ||
           rate->value != 0.0;
  }

  // One warning a class name: of several, the first is the gravest.
  void check_payments(const ClassDefinition& written) {
    const std::string& name = written.name.text;
    const bool gets_interest = any_step_pays(Pay::interest, name) || any_step_pays(Pay::unpaid_interest, name);
    if (!written.notional && !any_step_pays(Pay::principal, name)) {
      warn(written.name.where, "no step pays principal to class " + name,
           "add it to a step with 'pay: principal', or give it a notional in place of a balance");
    } else if (!written.accrues && bears_interest(written) && !gets_interest) {
      warn(written.name.where, "no step pays interest to class " + name,
           "add it to a step with 'pay: interest', or write rate: 0");
    } else if (written.accrues && !uses(name + ".accrued")) {
      warn(written.name.where, "no formula uses " + name + ".accrued, what class " + name + " accrues",
           "pay it as principal: {pay: principal, amount: " + name + ".accrued, ...}");
    } else if (written.stated_rate && !any_step_pays(Pay::basis_risk, name)) {
      warn(written.name.where, "no step pays basis risk to class " + name + ", which has a stated_rate",
           "add it to a step with 'pay: basis_risk', or leave stated_rate out");
    }
  }

  void check_step_up(const ClassDefinition& written) {
    if (definition_.call) return;
    bool reads_call = false;
    for (const Text* text : {&written.rate, written.stated_rate ? &*written.stated_rate : nullptr}) {
      if (!text || !names_in(*text, hyphenated_).contains("call.passed")) continue;
      reads_call = true;
      warn(text->where, "the rate of class " + written.name.text + " uses call.passed, and the deal has no call",
           "add 'call', or leave the step-up out");
    }
    if (reads_call) return;
    for (const ClassConstant& constant : written.constants) {
      if (constant.name != "step_up") continue;
      warn(constant.where, "class " + written.name.text + " has a step_up, and the deal has no call",
           "add 'call', or leave the step-up out");
    }
  }

  // A stated enhancement against that of the balances: what stands below, with overcollateralization at its target.
  void check_enhancement(std::size_t position) {
    const double whole = context_.pool_balance > 0.0 ? context_.pool_balance : deal_.class_total();
    for (const ClassConstant& constant : definition_.classes[position].constants) {
      if (constant.name != "credit_enhancement" || !(whole > 0.0)) continue;
      double below = deal_.enhancement_target_of(whole);
      for (std::size_t c = position + 1; c < deal_.classes.size(); ++c) {
        if (!deal_.classes[c].is_notional) below += deal_.classes[c].original_balance;
      }
      if (std::abs(below / whole - constant.value) <= kEnhancementTolerance) continue;
      char text[120];
      std::snprintf(text, sizeof text, " states credit enhancement of %.2f%%, and the balances give %.2f%%",
                    100.0 * constant.value, 100.0 * below / whole);
      warn(constant.where, "class " + definition_.classes[position].name.text + text,
           "check the balances, the order of the classes and credit_enhancement_target");
    }
  }

  // Prices, yields and percents are of the original notional, which is figured from the classes alone.
  void check_notional(std::size_t position) {
    const ClassDefinition& written = definition_.classes[position];
    if (!written.notional || deal_.classes[position].original_balance > 0.0) return;
    warn(written.notional->where, "the notional of class " + written.name.text + " is 0 at the original balances of the classes",
         "no price can be stated on it; write it over class balances, as in classes.balance.beginning");
  }

  void check_indices() {
    for (const auto& [name, title] : definition_.indices) {
      const bool outside = std::find(context_.used_indices.begin(), context_.used_indices.end(), name.text) !=
                           context_.used_indices.end();
      const bool hedged = (definition_.hedges && definition_.hedges->index.text == name.text) ||
                          (definition_.call && definition_.call->make_whole &&
                           definition_.call->make_whole->index.text == name.text);
      const bool capped = std::any_of(definition_.caps.begin(), definition_.caps.end(),
                                      [&](const CapDefinition& cap) { return cap.index.text == name.text; });
      if (outside || hedged || capped || uses(name.text)) continue;
      warn(name.where, "no formula, hedge, loan or table uses the index " + name.text, "leave it out");
    }
  }

  void check_schedules() {
    for (const ScheduleDefinition& written : definition_.schedules) {
      if (uses(written.name.text)) continue;
      warn(written.name.where, "no formula uses the schedule " + written.name.text,
           "use it, as in {down_to: " + written.name.text + ", pay: ...}, or leave it out");
    }
  }

  void check_parties() {
    for (const auto& [name, title] : definition_.parties) {
      const bool paid = std::any_of(receivers_.begin(), receivers_.end(),
                                    [&, &party = name.text](const auto& receivers) { return receivers.contains(party); });
      if (!paid) warn(name.where, "no step pays the party " + name.text, "pay it a fee or residual, or leave it out");
    }
  }

  void check_call() {
    if (definition_.call && definition_.call->make_whole &&
        std::none_of(definition_.waterfall.begin(), definition_.waterfall.end(),
                     [](const StepDefinition& step) { return step.pay == Pay::premium; })) {
      warn(definition_.call->make_whole->index.where, "no step pays the make-whole premium",
           "add a step with 'pay: premium', or leave make_whole out");
    }
    if (!definition_.call || uses("call.exercised") || uses("call.proceeds")) return;
    warn(definition_.call->when.where, "nothing reads the call: no formula uses call.exercised or call.proceeds",
         "let a fund take up call.proceeds");
  }

  // Simple funds drawn on directly or through a compound one; a compound fund may also be of use in a formula.
  void check_funds() {
    std::set<int> drawn;
    std::set<std::string> reached;
    for (const Step& step : deal_.waterfall) drawn.insert(step.funds.begin(), step.funds.end());
    for (const StepDefinition& step : definition_.waterfall) {
      for (const Text& fund : step.from) reached.insert(fund.text);
    }
    // A compound fund stands after its parts, so that one pass from the end meets every user first.
    for (auto fund = definition_.funds.rbegin(); fund != definition_.funds.rend(); ++fund) {
      if (!reached.contains(fund->name.text)) continue;
      for (const Text& part : fund->draws_on) reached.insert(part.text);
    }
    for (std::size_t f = 0; f < definition_.funds.size(); ++f) {
      const Text& name = definition_.funds[f].name;
      const bool compound = deal_.funds[f].compound;
      const bool in_formula = uses(name.text) || uses(name.text + ".remaining");
      if (compound ? reached.contains(name.text) || in_formula : drawn.contains(static_cast<int>(f))) continue;
      warn(name.where, "no step draws on the fund " + name.text, "name it under 'from' of a step, or leave it out");
    }
  }

  void check_triggers() {
    for (const TriggerDefinition& trigger : definition_.triggers) {
      if (uses(trigger.name.text)) continue;
      warn(trigger.name.where, "nothing tests the trigger " + trigger.name.text,
           "use it, as in 'when: " + trigger.name.text + "', or leave it out");
    }
  }

  // What nothing draws on is left when the run ends; what nothing pays into stays empty, unless it opens with cash.
  void check_accounts() {
    for (std::size_t a = 0; a < definition_.accounts.size(); ++a) {
      const AccountDefinition& account = definition_.accounts[a];
      const std::string& name = account.name.text;
      const bool drawn = std::any_of(deal_.waterfall.begin(), deal_.waterfall.end(), [&](const Step& step) {
        return std::any_of(step.funds.begin(), step.funds.end(), [&](int fund) {
          return deal_.funds[static_cast<std::size_t>(fund)].account == static_cast<int>(a);
        });
      });
      if (!drawn) {
        warn(account.name.where, "no step draws on the account " + name,
             "release it: {pay: residual, from: " + name + ", amount: " + name + ".excess, to: ...}");
      } else if (account.opening == 0.0 && !any_step_pays(Pay::deposit, name)) {
        warn(account.name.where, "no step pays into the account " + name + ", which opens empty",
             "add a step with 'pay: deposit', or state its opening");
      }
    }
  }

  bool share_a_fund(std::size_t one, std::size_t other) const {
    const std::vector<int>& funds = deal_.waterfall[one].funds;
    return std::any_of(funds.begin(), funds.end(), [&](int fund) {
      const std::vector<int>& others = deal_.waterfall[other].funds;
      return std::find(others.begin(), others.end(), fund) != others.end();
    });
  }

  // Only a class's first interest counts: one that comes again further down has been paid already.
  void check_interest_below_principal() {
    for (const ClassDefinition& written : definition_.classes) {
      const std::string& name = written.name.text;
      std::size_t interest = 0;
      while (interest < receivers_.size() && !pays(interest, Pay::interest, name)) ++interest;
      if (interest == receivers_.size()) continue;
      for (std::size_t s = 0; s < interest; ++s) {
        if (!pays(s, Pay::principal, name) || !share_a_fund(s, interest)) continue;
        const StepDefinition& step = definition_.waterfall[interest];
        warn(step.where, "interest is paid below principal: " + named(step) + " pays class " + name + " interest after " +
                             named(definition_.waterfall[s]) + " pays it principal from the same fund",
             "put the interest first, if the document does");
        break;
      }
    }
  }

  const DealDefinition& definition_;
  const Deal& deal_;
  const LintContext& context_;
  std::vector<std::string> hyphenated_;
  std::set<std::string> used_;
  std::vector<std::set<std::string>> receivers_;  // by step
  std::set<std::pair<int, int>> places_;
  std::vector<result::Issue> issues_;
};

}  // namespace

std::vector<result::Issue> lint(const DealDefinition& definition, const Deal& deal, const LintContext& context) {
  return Linter(definition, deal, context).run();
}

}  // namespace spillway::deal
