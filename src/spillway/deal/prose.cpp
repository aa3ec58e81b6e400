#include "spillway/deal/prose.h"

#include <cstdio>
#include <iterator>

#include "spillway/deal/formula_words.h"

namespace spillway::deal {

namespace {

class DealSpeaker {
 public:
  explicit DealSpeaker(const DealDefinition& definition) : definition_(definition) {}

  std::vector<std::string> run() {
    lines_.push_back(definition_.name);
    add_dates();
    add_pool();
    add_hedges();
    add_classes();
    add_combinations();
    add_terms();
    add_triggers();
    add_accounts();
    add_schedules();
    add_call();
    add_funds();
    heading("Priority of payments");
    for (std::size_t s = 0; s < definition_.waterfall.size(); ++s) {
      std::vector<std::string> step = step_prose(definition_.waterfall[s], definition_, s + 1);
      lines_.insert(lines_.end(), std::make_move_iterator(step.begin()), std::make_move_iterator(step.end()));
    }
    return std::move(lines_);
  }

 private:
  std::string say(const Text& formula, const std::string& scope = {}) const {
    return formula_words(formula, definition_, scope);
  }

  void heading(const std::string& text) {
    lines_.push_back("");
    lines_.push_back(text);
  }

  void add_dates() {
    const DealDefinition& d = definition_;
    heading("Dates");
    lines_.push_back("The cut-off date is " + date_words(d.cut_off) + "; settlement is on " + date_words(d.settlement) + ".");
    std::string moved = d.business_days == "new_york" ? " in New York" : "";
    switch (d.schedule.roll) {
      case calendar::Roll::none: moved = ", on business days or not"; break;
      case calendar::Roll::following: moved = ", or the next business day" + moved; break;
      case calendar::Roll::modified_following: moved = ", or the next business day" + moved + " of the same month, or else the one before"; break;
      case calendar::Roll::preceding: moved = ", or the business day before" + moved; break;
    }
    lines_.push_back("Payments are monthly on day " + std::to_string(d.schedule.payment_day) + moved + ", the first on " +
                     date_words(d.schedule.first_payment) + ".");
    const char* count = d.schedule.day_count == calendar::DayCount::thirty_360   ? "30/360"
                        : d.schedule.day_count == calendar::DayCount::actual_365 ? "actual/365"
                                                                                 : "actual/360";
    lines_.push_back(std::string("Interest accrues on ") + count + " from " + date_words(d.schedule.closing) + ", then from payment date to payment date" +
                     (d.schedule.adjusted_accrual ? ", as moved to business days." : ", whether business days or not."));
  }

  void add_pool() {
    heading("Pool");
    if (definition_.assumed_loans.empty()) lines_.push_back("The loans are those of " + definition_.tape_file.text + ".");
    for (const AssumedLoan& loan : definition_.assumed_loans) {
      lines_.push_back(loan.group.text + ": an assumed loan of " + dollars(loan.balance) + " at " + percent(loan.rate) + ", of which " +
                       percent(loan.net_rate) + " is passed through, with " + std::to_string(loan.remaining_term) +
                       " months remaining, of age " + std::to_string(loan.age) + ".");
    }
    for (const auto& [fee, rates] : definition_.fees) {
      std::string words = fee;
      for (char& c : words) c = c == '_' ? ' ' : c;
      std::vector<std::string> parts;
      for (const auto& [group, rate] : rates) parts.push_back(percent(rate) + (group.empty() ? "" : " on " + group));
      lines_.push_back("Fee, " + words + ": " + (parts.empty() ? "as on the tape" : in_a_row(parts)) + ".");
    }
  }

  void add_hedges() {
    if (!definition_.hedges) return;
    heading("Hedges");
    lines_.push_back("The trust pays fixed and receives " + say(definition_.hedges->index) + " on the swaps of " +
                     definition_.hedges->swaps_file.text +
                     (definition_.hedges->notional_limit ? ", on a notional of at most " + say(*definition_.hedges->notional_limit) : "") + ".");
  }

  void add_classes() {
    heading("Classes, in order of seniority");
    for (const ClassDefinition& bond : definition_.classes) {
      const std::string& name = bond.name.text;
      std::vector<std::string> ratings;
      for (const auto& [agency, rating] : bond.ratings) ratings.push_back(agency + " " + rating);
      std::string line = name + (bond.title.empty() ? "" : ", " + bond.title) +
                         (ratings.empty() ? "" : " (" + in_a_row(ratings, ", ") + ")") + ": ";
      line += bond.notional ? "no balance; interest is on " + say(*bond.notional, name) : dollars(bond.original_balance);
      if (bond.stated_rate) line += ". Stated rate: " + say(*bond.stated_rate, name);
      line += ". Rate: " + say(bond.rate, name) + ".";
      if (bond.stated_rate) line += " What the stated rate exceeds it by is basis risk.";
      if (bond.unpaid_interest_rate) line += " Unpaid interest accrues at " + say(*bond.unpaid_interest_rate, name) + ".";
      if (bond.basis_risk_rate) line += " Unpaid basis risk accrues at " + say(*bond.basis_risk_rate, name) + ".";
      if (bond.accrues) line += " Its interest is added to its balance instead of being paid.";
      lines_.push_back(line);
    }
    for (const auto& [group, members] : definition_.class_groups) {
      lines_.push_back("\"" + group.text + "\" are " + names(members) + ".");
    }
  }

  static std::string names(const std::vector<Text>& texts, const std::string& last = " and ") {
    std::vector<std::string> all;
    for (const Text& text : texts) all.push_back(text.text);
    return in_a_row(all, last);
  }

  void add_combinations() {
    if (definition_.combinations.empty()) return;
    heading("Combinations");
    for (const CombinationDefinition& made : definition_.combinations) {
      lines_.push_back(made.name.text + (made.title.empty() ? "" : ", " + made.title) + ": may be had in exchange for " + names(made.parts) + ".");
    }
  }

  void add_terms() {
    if (definition_.quantities.empty() && !definition_.credit_enhancement_target) return;
    heading("Defined terms");
    for (const QuantityDefinition& term : definition_.quantities) {
      lines_.push_back("\"" + term.name.text + "\" is " + memory_words(term) + say(term.formula) +
                       (term.before ? ", taken just before section " + term.before->text : "") + ".");
    }
    if (definition_.credit_enhancement_target) {
      lines_.push_back("Credit enhancement is stated with overcollateralization of " + say(*definition_.credit_enhancement_target) + ".");
    }
  }

  static std::string memory_words(const QuantityDefinition& term) {
    const std::string over = term.over == 1 ? "this period of " : "this period and the " + std::to_string(term.over - 1) + " before it of ";
    switch (term.memory) {
      case Memory::none: break;
      case Memory::average: return "the average over " + over;
      case Memory::sum: return "the sum over " + over;
      case Memory::total: return "the sum over all periods so far of ";
      case Memory::previous:
        return "at first " + (term.is_rate ? percent(term.initial) : dollars(term.initial)) + ", then the value at the end of the period before of ";
    }
    return {};
  }

  static std::string in_periods(int periods) { return periods == 1 ? "in one period" : "in " + std::to_string(periods) + " periods in a row"; }

  void add_triggers() {
    if (definition_.triggers.empty()) return;
    heading("Triggers");
    for (const TriggerDefinition& trigger : definition_.triggers) {
      lines_.push_back("\"" + trigger.name.text + "\" trips once this holds " + in_periods(trigger.after) + ": " + say(trigger.when) +
                       ". " + (trigger.cure == kNeverCured ? "It is never cured." : "It is cured once that has failed " + in_periods(trigger.cure) + "."));
    }
  }

  void add_accounts() {
    if (definition_.accounts.empty()) return;
    heading("Accounts");
    for (const AccountDefinition& account : definition_.accounts) {
      std::string line = "\"" + account.name.text + "\" holds " + dollars(account.opening) + " at closing. Its target is " + say(account.target);
      if (account.floor) line += ", but not below " + say(*account.floor);
      lines_.push_back(line + (account.earns ? ". It earns " + say(*account.earns) : "") + ".");
    }
  }

  void add_schedules() {
    if (definition_.schedules.empty()) return;
    heading("Schedules");
    for (const ScheduleDefinition& written : definition_.schedules) {
      lines_.push_back("\"" + written.name.text + "\" is " + schedule_words(written) + ".");
    }
  }

  static std::string schedule_words(const ScheduleDefinition& written) {
    if (!written.steps.empty()) {
      std::vector<std::string> parts;
      for (const auto& [from, value] : written.steps) {
        parts.push_back((written.is_rate ? percent(value) : dollars(value)) + " from period " + std::to_string(from));
      }
      return in_a_row(parts);
    }
    if (!written.balances.empty()) {
      return "the planned balance given for " + std::to_string(written.balances.size()) + " periods, from " +
             dollars(written.balances.front()) + " to " + dollars(written.balances.back());
    }
    std::vector<std::string> speeds;
    for (const auto& [value, measure] : written.speeds) {
      char text[40];
      std::snprintf(text, sizeof text, "%g ", value);
      speeds.push_back(text + measure);
    }
    return "the planned balance" + (written.start ? " from " + dollars(*written.start) + " down" : "") + " by the " +
           (speeds.size() > 1 ? "least principal of " : "principal of ") +
           (written.principal_of == "pool" ? "the pool" : written.principal_of) + " at " + in_a_row(speeds) +
           (written.lockout_months > 0 ? ", none in the first " + std::to_string(written.lockout_months) + " periods" : "");
  }

  // What part and premiums make of the default proceeds.
  std::string default_terms() const {
    return std::string(definition_.call->part < 1.0 ? ", times " + percent(definition_.call->part) : "") +
           (definition_.call->make_whole ? ", and all make-whole premiums" : "");
  }

  void add_call() {
    if (!definition_.call) return;
    heading("Optional redemption");
    lines_.push_back("The call may be exercised when " + say(definition_.call->when) + ".");
    lines_.push_back("It brings " + (definition_.call->proceeds ? say(*definition_.call->proceeds)
                                                                : "the greater of the pool balance after the month's collections and the "
                                                                  "balance of all classes less the month's principal" +
                                                                  default_terms()) + ".");
    if (definition_.call->part < 1.0) {
      lines_.push_back("It redeems " + percent(definition_.call->part) + " of the pool and the classes, once.");
    }
    if (definition_.call->make_whole) {
      lines_.push_back("Each class is owed a make-whole premium: what it is paid later, discounted at " +
                       definition_.call->make_whole->index.text + " plus " + percent(definition_.call->make_whole->spread) +
                       ", less its balance.");
    }
  }

  void add_funds() {
    heading("Funds");
    for (const FundDefinition& fund : definition_.funds) {
      lines_.push_back("\"" + fund.name.text + "\" is " +
                       (fund.amount ? say(*fund.amount) : "what is left of " + names(fund.draws_on, ", then ")) + ".");
    }
  }

  const DealDefinition& definition_;
  std::vector<std::string> lines_;
};

}  // namespace

std::vector<std::string> prose(const DealDefinition& definition) { return DealSpeaker(definition).run(); }

}  // namespace spillway::deal
