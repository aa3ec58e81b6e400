#include <algorithm>
#include <map>

#include "spillway/io/load.h"
#include "spillway/io/step_reader.h"
#include "spillway/io/yaml_values.h"

namespace spillway::embedded {
extern const char deal_schema[];
}

namespace spillway::io {

namespace {

using deal::ClassDefinition;
using deal::Text;

const std::map<std::string, calendar::Roll> kRolls{{"none", calendar::Roll::none},
                                                   {"following", calendar::Roll::following},
                                                   {"modified_following", calendar::Roll::modified_following},
                                                   {"preceding", calendar::Roll::preceding}};

const std::map<std::string, calendar::DayCount> kDayCounts{{"actual/360", calendar::DayCount::actual_360},
                                                           {"actual/365", calendar::DayCount::actual_365},
                                                           {"30/360", calendar::DayCount::thirty_360}};

template <class T>
T choice(const std::map<std::string, T>& choices, const std::string& word, T otherwise) {
  const auto found = choices.find(word);
  return found == choices.end() ? otherwise : found->second;
}

class DealReader {
 public:
  explicit DealReader(const YamlDocument& document) : doc_(document), root_(document.root) {}

  result::WithIssues<deal::DealDefinition> read() {
    made_.file = doc_.file;
    made_.name = scalar(child(root_, "deal"));
    read_dates();
    read_pool();
    read_names();
    read_classes();
    read_schedules();
    read_cash();
    read_triggers();
    read_accounts();
    for (const YAML::Node& step : items(child(root_, "waterfall"))) {
      made_.waterfall.push_back(read_step(doc_, step, issues_));
    }
    made_.document_file = optional_text(child(root_, "document"));
    made_.scenarios_file = optional_text(child(root_, "scenarios"));
    made_.strats_file = optional_text(child(root_, "stratifications"));
    made_.published_folder = scalar(child(root_, "published"));
    made_.credit_enhancement_target = optional_text(child(root_, "credit_enhancement_target"));
    return {std::move(made_), std::move(issues_)};
  }

 private:
  std::optional<Text> optional_text(const YAML::Node& node) const {
    if (!node.IsDefined()) return std::nullopt;
    return text_at(doc_, node);
  }

  // A formula; one the schema missed is `otherwise`, so that it is not reported again.
  Text text_or(const YAML::Node& node, const char* otherwise, const Text& owner) const {
    if (!node.IsDefined() || !node.IsScalar()) return {otherwise, owner.where};
    return text_at(doc_, node);
  }

  calendar::Date date(const YAML::Node& node) { return date_at(doc_, node, issues_); }

  void read_dates() {
    const YAML::Node dates = child(root_, "dates");
    const YAML::Node payments = child(dates, "payments");
    const YAML::Node accrual = child(dates, "accrual");
    made_.dates_where = doc_.at(dates);
    made_.cut_off = date(child(dates, "cut_off"));
    made_.schedule.closing = date(child(dates, "closing"));
    const YAML::Node settlement = child(dates, "settlement");
    made_.settlement = settlement.IsDefined() ? date(settlement) : made_.schedule.closing;
    if (const YAML::Node from = child(accrual, "from"); from.IsDefined()) made_.schedule.closing = date(from);
    made_.schedule.first_payment = date(child(payments, "first"));
    made_.schedule.payment_day = whole_number(child(payments, "day"))
                                     .value_or(static_cast<int>(static_cast<unsigned>(made_.schedule.first_payment.day())));
    made_.schedule.roll = choice(kRolls, scalar(child(payments, "roll")), calendar::Roll::following);
    made_.schedule.day_count = choice(kDayCounts, scalar(child(accrual, "day_count")), calendar::DayCount::actual_360);
    made_.schedule.adjusted_accrual = scalar(child(accrual, "periods")) == "adjusted";
    const std::string business_days = scalar(child(payments, "business_days"));
    made_.business_days = business_days.empty() ? "weekends" : business_days;
  }

  void read_pool() {
    const YAML::Node pool = child(root_, "pool");
    made_.tape_file = text_at(doc_, child(pool, "tape"));
    read_assumed_loans(child(pool, "assumed_loans"));
    made_.mapping_file = optional_text(child(pool, "mapping"));
    made_.products_file = optional_text(child(pool, "products"));
    if (const std::string fees = scalar(child(pool, "fees_before_joining")); !fees.empty()) {
      made_.fees_before_joining = fees;
    }
    const YAML::Node fees = child(root_, "fees");
    for (const auto& fee : entries(fees)) {
      deal::FeeRates rates;
      if (fee.second.IsMap()) {
        for (const auto& group : entries(fee.second)) {
          if (const auto rate = parse_percent(scalar(group.second))) rates[scalar(group.first)] = *rate;
          made_.fee_groups.push_back(text_at(doc_, group.first));
        }
      } else if (const auto rate = parse_percent(scalar(fee.second))) {
        rates[""] = *rate;
      }
      made_.fees[scalar(fee.first)] = std::move(rates);
    }
  }

  static int whole(const YAML::Node& node) { return static_cast<int>(parse_number(scalar(node)).value_or(0.0)); }

  void read_assumed_loans(const YAML::Node& groups) {
    for (const auto& group : entries(groups)) {
      for (const YAML::Node& loan : items(group.second)) {
        deal::AssumedLoan made;
        made.group = text_at(doc_, group.first);
        made.where = doc_.at(loan);
        made.balance = parse_number(scalar(child(loan, "balance"))).value_or(0.0);
        made.rate = parse_percent(scalar(child(loan, "rate"))).value_or(0.0);
        const auto net = parse_percent(scalar(child(loan, "net_rate")));
        made.net_rate = net.value_or(made.rate);
        made.remaining_term = whole(child(loan, "remaining"));
        made.original_term = whole(child(loan, "original_term"));
        const YAML::Node age = child(loan, "age");
        made.age = age.IsDefined() ? whole(age) : std::max(0, made.original_term - made.remaining_term);
        made.interest_only_months = whole(child(loan, "interest_only_months"));
        made_.assumed_loans.push_back(std::move(made));
      }
    }
  }

  void read_names() {
    for (const auto& index : entries(child(root_, "indices"))) made_.indices.emplace_back(text_at(doc_, index.first), scalar(index.second));
    for (const auto& party : entries(child(root_, "parties"))) made_.parties.emplace_back(text_at(doc_, party.first), scalar(party.second));
    for (const auto& entry : entries(child(root_, "combinations"))) {
      made_.combinations.push_back({text_at(doc_, entry.first), scalar(child(entry.second, "title")),
                                    texts_at(doc_, child(entry.second, "of"))});
    }
    for (const auto& group : entries(child(root_, "class_groups"))) {
      made_.class_groups.emplace_back(text_at(doc_, group.first), texts_at(doc_, group.second));
    }
  }

  void read_class_body(ClassDefinition& made, const YAML::Node& body) {
    for (const auto& entry : entries(body)) {
      const std::string key = scalar(entry.first);
      const YAML::Node& value = entry.second;
      if (key == "balance") {
        made.balance_where = doc_.at(value);
        made.original_balance = parse_number(scalar(value)).value_or(-1.0);
      } else if (key == "title") {
        made.title = scalar(value);
      } else if (key == "rate") {
        made.rate = text_at(doc_, value);
      } else if (key == "notional") {
        made.notional = text_at(doc_, value);
      } else if (key == "accrues") {
        made.accrues = scalar(value) == "true";
      } else if (key == "stated_rate") {
        made.stated_rate = text_at(doc_, value);
      } else if (key == "unpaid_interest_rate") {
        made.unpaid_interest_rate = text_at(doc_, value);
      } else if (key == "basis_risk_rate") {
        made.basis_risk_rate = text_at(doc_, value);
      } else if (key == "ratings") {
        for (const auto& rating : entries(value)) made.ratings.emplace_back(scalar(rating.first), scalar(rating.second));
      } else {
        add_constant(made, key, value);
      }
    }
  }

  // A constant of the class; a later one (the class's own) replaces the default. One that the schema refused is kept
  // at zero, so that formulas which use it are not reported too.
  void add_constant(ClassDefinition& made, const std::string& name, const YAML::Node& value) {
    deal::ClassConstant constant{name, 0, name == "margin", doc_.at(value)};
    if (const auto rate = parse_percent(scalar(value))) {
      constant.value = *rate;
      constant.is_rate = true;
    } else if (const auto number = parse_number(scalar(value))) {
      constant.value = *number;
    }
    std::erase_if(made.constants, [&](const auto& c) { return c.name == name; });
    made.constants.push_back(constant);
  }

  void read_classes() {
    const YAML::Node classes = child(root_, "classes");
    ClassDefinition defaults;
    read_class_body(defaults, child(classes, "defaults"));
    for (const auto& entry : entries(classes)) {
      if (scalar(entry.first) == "defaults") continue;
      ClassDefinition made = defaults;
      made.name = text_at(doc_, entry.first);
      made.balance_where = made.name.where;
      read_class_body(made, entry.second);
      if (made.rate.empty()) {
        issues_.push_back(result::error(made.name.where, "class " + made.name.text + " has no rate",
                                        "add 'rate', there or under defaults"));
        made.rate = {"0", made.name.where};
      }
      made_.classes.push_back(std::move(made));
    }
  }

  void read_cash() {
    if (const YAML::Node hedges = child(root_, "hedges"); hedges.IsDefined()) {
      made_.hedges = {text_at(doc_, child(hedges, "swaps")), text_at(doc_, child(hedges, "index")),
                      optional_text(child(hedges, "notional_limit"))};
    }
    for (const auto& cap : entries(child(root_, "caps"))) {
      made_.caps.push_back({text_at(doc_, cap.first), text_at(doc_, child(cap.second, "notional")),
                            text_at(doc_, child(cap.second, "strike")), optional_text(child(cap.second, "ceiling")),
                            text_at(doc_, child(cap.second, "index"))});
    }
    for (const auto& fund : entries(child(root_, "funds"))) {
      deal::FundDefinition made{text_at(doc_, fund.first), std::nullopt, {}};
      if (fund.second.IsSequence()) made.draws_on = texts_at(doc_, fund.second);
      else made.amount = text_at(doc_, fund.second);
      made_.funds.push_back(std::move(made));
    }
    for (const auto& quantity : entries(child(root_, "quantities"))) {
      made_.quantities.push_back(read_quantity(quantity.first, quantity.second));
    }
    if (const YAML::Node call = child(root_, "call"); call.IsDefined()) {
      made_.call = {text_at(doc_, child(call, "when")), optional_text(child(call, "proceeds")),
                    parse_percent(scalar(child(call, "part"))).value_or(1.0), std::nullopt};
      if (const YAML::Node make_whole = child(call, "make_whole"); make_whole.IsDefined()) {
        made_.call->make_whole = {text_at(doc_, child(make_whole, "index")),
                                  parse_percent(scalar(child(make_whole, "spread"))).value_or(0.0)};
      }
    }
  }

  deal::QuantityDefinition read_quantity(const YAML::Node& name, const YAML::Node& node) const {
    deal::QuantityDefinition made;
    made.name = text_at(doc_, name);
    made.formula = text_at(doc_, node.IsMap() ? child(node, "formula") : node);
    if (!node.IsMap()) return made;
    made.before = optional_text(child(node, "before"));
    if (const YAML::Node average = child(node, "average_over"); average.IsDefined()) {
      made.memory = deal::Memory::average;
      made.over = periods(average);
    } else if (const YAML::Node sum = child(node, "sum_over"); sum.IsDefined()) {
      made.memory = scalar(sum) == "all" ? deal::Memory::total : deal::Memory::sum;
      made.over = periods(sum);
    } else if (child(node, "at").IsDefined()) {
      made.memory = deal::Memory::previous;
      const std::string initial = scalar(child(node, "initial"));
      const auto rate = parse_percent(initial);
      made.is_rate = rate.has_value();
      made.initial = rate ? *rate : parse_number(initial).value_or(0.0);
    }
    return made;
  }

  // A count of periods within the schema's bounds; one that the schema refused becomes 1.
  static int periods(const YAML::Node& node) {
    constexpr int kMost = 120;
    return std::clamp(whole_number(node).value_or(1), 1, kMost);
  }

  void read_triggers() {
    for (const auto& trigger : entries(child(root_, "triggers"))) {
      deal::TriggerDefinition made;
      made.name = text_at(doc_, trigger.first);
      made.when = text_or(child(trigger.second, "when"), "period < 1", made.name);
      if (const YAML::Node after = child(trigger.second, "after"); after.IsDefined()) made.after = periods(after);
      const YAML::Node cure = child(trigger.second, "cure");
      made.cure = scalar(cure) == "never" ? deal::kNeverCured : periods(cure);
      made_.triggers.push_back(std::move(made));
    }
  }

  void read_accounts() {
    for (const auto& account : entries(child(root_, "accounts"))) {
      const YAML::Node& body = account.second;
      deal::AccountDefinition made;
      made.name = text_at(doc_, account.first);
      made.opening = parse_number(scalar(child(body, "opening"))).value_or(0.0);
      made.target = text_or(child(body, "target"), "0", made.name);
      made.floor = optional_text(child(body, "floor"));
      made.earns = optional_text(child(body, "earns"));
      made_.accounts.push_back(std::move(made));
    }
  }

  void read_schedules() {
    for (const auto& entry : entries(child(root_, "schedules"))) {
      deal::ScheduleDefinition made;
      made.name = text_at(doc_, entry.first);
      made.where = doc_.at(entry.second);
      made.principal_of = scalar(child(entry.second, "principal_of"));
      made.start = parse_number(scalar(child(entry.second, "start")));
      made.lockout_months = whole(child(entry.second, "lockout_months"));
      for (const YAML::Node& speed : items(child(entry.second, "speeds"))) {
        const std::string text = scalar(speed);
        const std::size_t space = text.find(' ');
        if (space == std::string::npos) continue;
        made.speeds.emplace_back(parse_number(text.substr(0, space)).value_or(0.0), text.substr(space + 1));
      }
      for (const YAML::Node& balance : items(child(entry.second, "balances"))) {
        made.balances.push_back(parse_number(scalar(balance)).value_or(0.0));
      }
      read_schedule_steps(made, child(entry.second, "steps"));
      made_.schedules.push_back(std::move(made));
    }
  }

  void read_schedule_steps(deal::ScheduleDefinition& made, const YAML::Node& steps) {
    for (const auto& step : entries(steps)) {
      const int from = whole(step.first);
      if (!made.steps.empty() && from <= made.steps.back().first) {
        issues_.push_back(result::error(doc_.at(step.first), "the steps are out of order", "let the periods ascend"));
      }
      const auto rate = parse_percent(scalar(step.second));
      if (rate) made.is_rate = true;
      made.steps.emplace_back(from, rate ? *rate : parse_number(scalar(step.second)).value_or(0.0));
    }
  }

  const YamlDocument& doc_;
  const YAML::Node& root_;
  deal::DealDefinition made_;
  std::vector<result::Issue> issues_;
};

}  // namespace

result::WithIssues<deal::DealDefinition> read_deal(const std::string& text, const std::string& file) {
  auto document = parse_yaml(text, file);
  if (!document.ok()) {
    result::WithIssues<deal::DealDefinition> nothing;
    nothing.value.file = file;
    nothing.issues = std::move(document.issues);
    return nothing;
  }
  auto issues = std::move(document.issues);
  result::append(issues, validate(*document, embedded::deal_schema));
  auto read = DealReader(*document).read();
  result::append(issues, std::move(read.issues));
  return {std::move(read.value), std::move(issues)};
}

}  // namespace spillway::io
